import { daysAfter } from "./days.ts";
import type { SuppressionPolicy } from "./policy.ts";
import type { Term } from "./terms.ts";
import type { WeighedAct } from "./weigh.ts";

/** Suppressions that persons added or took over from elsewhere. */
export function personTerms(acts: readonly WeighedAct[], policy: SuppressionPolicy): readonly Term[] {
  const suppressing = acts.filter(({ item }) => item.act !== "remove");
  return suppressing.map(({ item: { entry, spelling }, time }): Term => {
    if (entry === null)
      return { reason: "manual", from: time, to: daysAfter(time, policy.expiryDays.manual), spelling };
    return { reason: entry.reason, from: Date.parse(entry.since), to: end(entry.expiresAt), spelling };
  });
}

function end(expiresAt: string | null): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
}
