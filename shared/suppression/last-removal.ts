import { effectiveTime } from "./effective-time.ts";
import type { Evidence } from "./suppression.ts";

/** When a person last lifted what suppressed the address, in milliseconds; minus infinity for never. */
export function lastRemoval(evidence: readonly Evidence[]): number {
  const removals = evidence.filter((item) => item.kind === "person" && item.act === "remove");
  return removals.reduce((last, item) => Math.max(last, effectiveTime(item)), Number.NEGATIVE_INFINITY);
}
