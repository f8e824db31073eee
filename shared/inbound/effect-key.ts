import { createHash } from "node:crypto";
import type { Feedback } from "../feedback/feedback.ts";

/**
 * The key of the effect that a report has: the same whenever the same mail tells the same. One mail can tell two things of one recipient (delayed,
 * then failed), and a report that is believed now and was not before is another effect.
 */
export function feedbackKey(feedback: Feedback): string {
  const digest = createHash("sha256").update(JSON.stringify(feedback)).digest("hex");
  return `feedback-${digest.slice(0, 24)}`;
}
