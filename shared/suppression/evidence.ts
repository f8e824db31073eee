import type { Feedback } from "../feedback/feedback.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { type Effect, effectOf } from "./effect.ts";
import { keepUntil } from "./keep.ts";
import { keptFeedback } from "./kept-feedback.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { PROVIDER_REASONS } from "./provider-subtypes.ts";
import type { FeedbackEvidence, Shelf } from "./suppression.ts";

/**
 * A report as it is kept.
 *
 * @param recordedAt ISO 8601 in UTC with milliseconds
 * @returns `undefined` when the recipient is no address
 */
export function toEvidence(
  told: Feedback,
  recordedAt: string,
  policy: SuppressionPolicy,
): FeedbackEvidence | undefined {
  const address = canonicalAddress(told.recipient);
  if (address === undefined) return undefined;
  const feedback = keptFeedback(told);
  const effect = effectOf(feedback, policy);
  const shelf = shelfOf(feedback, effect);
  const { recipient: spelling, at, via } = feedback;
  // Copies that came by different ways may differ in spelling: were they one item, the first to come would be it.
  const id = `${via} ${feedback.id}`;
  const filed = { address, spelling, shelf, id, at, recordedAt };
  return { kind: "feedback", ...filed, keepUntil: keepUntil(filed, effect, policy), feedback };
}

function shelfOf({ kind, trusted }: Feedback, { effect, reason }: Effect): Shelf {
  if (!trusted) return "untrusted";
  if (kind === "delivery") return "delivery";
  if (effect === "none") return "told";
  if (effect === "count" || effect === "countHalf") return "soft";
  if (reason !== undefined && PROVIDER_REASONS.includes(reason)) return "provider";
  return kind === "complaint" ? "complaint" : "decisive";
}
