import type { Shelf } from "./suppression.ts";

/** How much of each shelf a decision reads, the newest first. Nothing on other shelves has a part in it. */
export const JUDGED_SHELVES: ReadonlyMap<Shelf, number> = new Map<Shelf, number>([
  ["person", 200],
  ["complaint", 200],
  ["decisive", 200],
  ["soft", 200],
  ["provider", 20],
  // More than one, because a delivery that bounced afterwards is none.
  ["delivery", 20],
]);
