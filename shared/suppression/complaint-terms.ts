import type { SuppressionPolicy } from "./policy.ts";
import { type Term, termFrom } from "./terms.ts";
import type { WeighedFeedback } from "./weigh.ts";

/** What complaints come to, those left out that were taken back. */
export interface Complaints {
  readonly terms: readonly Term[];
  readonly count: number;
  /** Somebody complained, perhaps this one. */
  readonly suspect: boolean;
  /** Milliseconds: a complaint at this time or before is taken back. */
  readonly takenBackAt: number;
}

/**
 * A complaint that names one recipient suppresses; of those that name several, the second different one does (or whichever the policy
 * says), because two coincidences are none.
 *
 * `not-spam` takes back what came before it. One that names several recipients takes back only what was as vague.
 */
export function weighComplaints(feedback: readonly WeighedFeedback[], policy: SuppressionPolicy): Complaints {
  const lifts = feedback.filter(({ effect }) => effect.effect === "lift");
  const takenBackAt = last(lifts.filter(namesOne));
  const vagueTakenBackAt = last(lifts);
  const vague = feedback.filter(({ effect, time }) => effect.effect === "suspect" && time > vagueTakenBackAt);
  const clear = feedback.filter(({ effect, time }) => effect.reason === "complaint" && time > takenBackAt);
  const decisive = [...clear, ...vague.slice(policy.ambiguousComplaints - 1)];
  return {
    terms: decisive.map((complaint) => termFrom(complaint, "complaint", policy)),
    count: clear.length + vague.length,
    suspect: vague.length > 0 && decisive.length === 0,
    takenBackAt,
  };
}

function namesOne({ item: { feedback } }: WeighedFeedback): boolean {
  return feedback.kind === "complaint" && feedback.candidates <= 1;
}

function last(feedback: readonly WeighedFeedback[]): number {
  return feedback.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
}
