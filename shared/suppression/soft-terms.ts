import { DAY } from "./days.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { type Term, termFrom } from "./terms.ts";
import type { WeighedFeedback } from "./weigh.ts";

/**
 * Suppressions by bounces that count. All of them are since the newest delivery, in the order of time.
 *
 * Each bounce that makes the number full, or finds it full, suppresses anew: the suppression ends so many days after the last of these.
 */
export function softTerms(bounces: readonly WeighedFeedback[], policy: SuppressionPolicy): readonly Term[] {
  return [...repeatedBounces(bounces, policy), ...mailboxFull(bounces.filter(saysFull), policy)];
}

function repeatedBounces(bounces: readonly WeighedFeedback[], policy: SuppressionPolicy): readonly Term[] {
  const { bounces: wanted, days } = policy.repeatedBounces;
  const terms: Term[] = [];
  const window: WeighedFeedback[] = [];
  for (const bounce of bounces) {
    window.push(bounce);
    while (window[0] !== undefined && bounce.time - window[0].time > days * DAY) window.shift();
    if (window.reduce((sum, { effect }) => sum + weight(effect.effect), 0) < wanted) continue;
    terms.push(termFrom(bounce, "repeatedBounces", policy));
  }
  return terms;
}

/** Halves are exact in binary, so that sums can be compared. */
function weight(effect: string): number {
  return effect === "countHalf" ? 0.5 : 1;
}

/** First and last bounce are so many days apart, and no silence between them is too long. */
function mailboxFull(bounces: readonly WeighedFeedback[], policy: SuppressionPolicy): readonly Term[] {
  const terms: Term[] = [];
  let first: number | undefined;
  let previous = 0;
  for (const bounce of bounces) {
    if (first === undefined || bounce.time - previous > maxSilence(policy) * DAY) first = bounce.time;
    previous = bounce.time;
    if (bounce.time - first >= policy.mailboxFullDays * DAY) terms.push(termFrom(bounce, "mailboxFull", policy));
  }
  return terms;
}

/**
 * Days between two bounces after which nobody knows any more that the mailbox was full all the time. Without delivery events a
 * mailbox that was emptied in the meantime looks the same; and a monthly mail must still be able to find it full twice.
 */
export function maxSilence({ mailboxFullDays }: SuppressionPolicy): number {
  return 2 * mailboxFullDays;
}

function saysFull({ item: { feedback } }: WeighedFeedback): boolean {
  return (
    feedback.kind === "bounce" &&
    (feedback.reason === "mailboxFull" || feedback.bounceSubType.toLowerCase() === "mailboxfull")
  );
}
