import { MAX_REASONS } from "../limits.ts";
import type { FactReason, Reason } from "../reason.ts";

/** Why a condition holds for a mail: one reason or absence at least. */
export interface Held {
  readonly reasons: readonly Reason[];
  /** What is not there: an unmet `not`, no keyword of `none`. It explains a match only when nothing else does. */
  readonly absences: readonly FactReason[];
}

/** It holds because of what the mail has; of very many reasons, the first. */
export function heldBy(reasons: readonly Reason[]): Held {
  return { reasons: reasons.slice(0, MAX_REASONS), absences: [] };
}

/** It holds because of what the mail has not. */
export function heldByAbsence(absence: FactReason): Held {
  return { reasons: [], absences: [absence] };
}

/** Several conditions held together: all of their reasons, within the limit of one match. */
export function joinHeld(conditions: readonly Held[]): Held {
  return {
    reasons: shareLimit(conditions.map(({ reasons }) => reasons)),
    absences: shareLimit(conditions.map(({ absences }) => absences)),
  };
}

/** When they are too many, some of each list rather than all of the first. */
function shareLimit<Item extends Reason>(lists: readonly (readonly Item[])[]): readonly Item[] {
  let share = MAX_REASONS;
  let left = MAX_REASONS;
  for (const [index, list] of lists.toSorted((a, b) => a.length - b.length).entries()) {
    share = Math.floor(left / (lists.length - index));
    left -= Math.min(list.length, share);
  }
  return lists.flatMap((list) => list.slice(0, Math.max(1, share))).slice(0, MAX_REASONS);
}
