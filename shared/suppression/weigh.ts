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
  const reports = new Map<string, WeighedFeedback>();
  for (const item of evidence) {
    const time = effectiveTime(item);
    if (item.kind === "person") acts.push({ item, time });
    else {
      const key = `${item.feedback.kind} ${item.id}`;
      const report = { item, time, effect: effectOf(item.feedback, policy) };
      const copy = reports.get(key);
      reports.set(key, copy === undefined ? report : joined(copy, report));
    }
  }
  return { acts: acts.toSorted(byTime), feedback: [...reports.values()].toSorted(byTime) };
}

function joined(one: WeighedFeedback, other: WeighedFeedback): WeighedFeedback {
  const difference = RANK[one.item.feedback.via] - RANK[other.item.feedback.via] || byTime(one, other);
  return { ...(difference <= 0 ? one : other), time: Math.min(one.time, other.time) };
}

interface Timed {
  readonly item: Evidence;
  readonly time: number;
}

/** By time, then by id, so that evidence has one order alone. */
export function byTime(one: Timed, other: Timed): number {
  if (one.time !== other.time) return one.time - other.time;
  if (one.item.id === other.item.id) return 0;
  return one.item.id < other.item.id ? -1 : 1;
}
