import type { Via } from "../feedback/feedback.ts";
import { type Effect, effectOf } from "./effect.ts";
import { effectiveTime } from "./effective-time.ts";
import type { SuppressionPolicy } from "./policy.ts";
import type { Evidence, FeedbackEvidence, PersonEvidence } from "./suppression.ts";

/** What a person did, and when (milliseconds). */
export interface WeighedAct {
  readonly item: PersonEvidence;
  readonly time: number;
}

/** A report, when it happened (milliseconds), and what it does under the policy. */
export interface WeighedFeedback {
  readonly item: FeedbackEvidence;
  readonly time: number;
  readonly effect: Effect;
}

/** Each in the order of time. */
export interface Weighed {
  readonly acts: readonly WeighedAct[];
  readonly feedback: readonly WeighedFeedback[];
}

/** Which copy of a report is believed: what SES tells to programs comes before what is read from a mail. */
const RANK: Readonly<Record<Via, number>> = { notification: 0, event: 1, dsn: 2, arf: 3 };

/**
 * Puts evidence in order. Copies of one report that came by several ways, and so may name several times, are one report: it happened at the
 * first of these times.
 */
export function weigh(evidence: readonly Evidence[], policy: SuppressionPolicy): Weighed {
  const acts: WeighedAct[] = [];
  const copies = new Map<string, WeighedFeedback[]>();
  for (const item of evidence) {
    const time = effectiveTime(item);
    if (item.kind === "person") acts.push({ item, time });
    else {
      const key = `${item.feedback.kind} ${item.feedback.id}`;
      const report = { item, time, effect: effectOf(item.feedback, policy) };
      copies.set(key, [...(copies.get(key) ?? []), report]);
    }
  }
  return { acts: acts.toSorted(byTime), feedback: [...copies.values()].map(joined).toSorted(byTime) };
}

/** The copies are looked at all at once: in pairs, it would matter which come first. */
function joined(copies: readonly WeighedFeedback[]): WeighedFeedback {
  const believed = copies.reduce((one, other) => (byRank(one, other) <= 0 ? one : other));
  return { ...believed, time: Math.min(...copies.map(({ time }) => time)) };
}

function byRank(one: WeighedFeedback, other: WeighedFeedback): number {
  return RANK[one.item.feedback.via] - RANK[other.item.feedback.via] || byTime(one, other);
}

interface Timed {
  readonly item: Evidence;
  readonly time: number;
}

/** By time, then by id, then by what it says, so that evidence has one order alone. */
export function byTime(one: Timed, other: Timed): number {
  if (one.time !== other.time) return one.time - other.time;
  if (one.item.id !== other.item.id) return one.item.id < other.item.id ? -1 : 1;
  const [said, otherSaid] = [JSON.stringify(one.item), JSON.stringify(other.item)];
  return said === otherSaid ? 0 : said < otherSaid ? -1 : 1;
}
