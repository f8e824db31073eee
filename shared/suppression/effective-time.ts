import type { Evidence } from "./suppression.ts";

/**
 * When it happened, in milliseconds. What does not say so happened when it was recorded; so did what claims to come from the
 * future, for a wrong clock would otherwise outrank everything.
 */
export function effectiveTime({ at, recordedAt }: Pick<Evidence, "at" | "recordedAt">): number {
  return Date.parse(at === null || at > recordedAt ? recordedAt : at);
}
