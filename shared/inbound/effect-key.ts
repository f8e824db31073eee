import { createHash } from "node:crypto";
import type { Feedback } from "../feedback/feedback.ts";

/**
 * The key of the effect that a report has: the same whenever the same mail tells the same of the same recipient. One that is believed now and
 * was not before is another effect.
 */
export function feedbackKey({ via, id, recipient, trusted }: Feedback): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([via, id, recipient, trusted]))
    .digest("hex");
  return `feedback-${digest.slice(0, 24)}`;
}
