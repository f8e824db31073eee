import { daysAfter } from "./days.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { SUPPRESSION_REASONS, type SuppressionReason } from "./suppression.ts";
import type { WeighedFeedback } from "./weigh.ts";

/** A stretch of time over which evidence suppresses. Times are in milliseconds. */
export interface Term {
  readonly reason: SuppressionReason;
  readonly from: number;
  /** Infinity: never ends. */
  readonly to: number;
  /** Of the evidence that it begins with. */
  readonly spelling: string;
}

/** What a report brings about that suppresses for this reason: it begins with the report, and lasts as long as the policy says. */
export function termFrom({ item, time }: WeighedFeedback, reason: SuppressionReason, policy: SuppressionPolicy): Term {
  return { reason, from: time, to: daysAfter(time, policy.expiryDays[reason]), spelling: item.spelling };
}

/**
 * The term that the table shows: of each reason the last one, after those that overlap were joined; and of these the one that lasts
 * longest, the heaviest reason first where several do.
 *
 * Not simply the heaviest: nothing here knows what time it is, and when a heavy reason that ends had hidden a lighter one that does not, the
 * address could be written to in between. By default every reason that never ends outweighs every one that does.
 */
export function lastingTerm(terms: readonly Term[]): Term | undefined {
  return SUPPRESSION_REASONS.map((reason) => lastOf(terms.filter((term) => term.reason === reason)))
    .filter((term) => term !== undefined)
    .reduce<Term | undefined>((best, term) => (best === undefined || term.to > best.to ? term : best), undefined);
}

/** Terms that overlap or touch are one: it begins when the first began, and ends when the last ends. */
function lastOf(terms: readonly Term[]): Term | undefined {
  const joined: Term[] = [];
  for (const term of terms.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && term.from <= last.to)
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, term.to) };
    else joined.push(term);
  }
  return joined.reduce<Term | undefined>(
    (best, term) => (best === undefined || term.to >= best.to ? term : best),
    undefined,
  );
}
