import type { Evaluate } from "./evaluate.ts";
import { type Held, joinHeld } from "./held.ts";

/** Holds when each does, for all their reasons. The first that does not hold ends it. */
export function allHold(conditions: readonly Evaluate[]): Evaluate {
  return (mail) => {
    const all: Held[] = [];
    for (const condition of conditions) {
      const held = condition(mail);
      if (held === undefined) return undefined;
      all.push(held);
    }
    return joinHeld(all);
  };
}

/** Holds when at least one does, for the reasons of all that do. */
export function anyHolds(conditions: readonly Evaluate[]): Evaluate {
  return (mail) => {
    const all = conditions.flatMap((condition) => condition(mail) ?? []);
    return all.length > 0 ? joinHeld(all) : undefined;
  };
}
