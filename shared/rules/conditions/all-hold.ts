import { joinReasons } from "../explain.ts";
import type { Reason } from "../reason.ts";
import type { Evaluate } from "./evaluate.ts";

/** Holds when each does, for all their reasons. The first that does not hold ends it. */
export function allHold(conditions: readonly Evaluate[]): Evaluate {
  return (mail) => {
    const reasons: (readonly Reason[])[] = [];
    for (const condition of conditions) {
      const held = condition(mail);
      if (held === undefined) return undefined;
      reasons.push(held);
    }
    return joinReasons(reasons);
  };
}

/** Holds when at least one does, for the reasons of all that do. */
export function anyHolds(conditions: readonly Evaluate[]): Evaluate {
  return (mail) => {
    const reasons = conditions.flatMap((condition) => {
      const held = condition(mail);
      return held ? [held] : [];
    });
    return reasons.length > 0 ? joinReasons(reasons) : undefined;
  };
}
