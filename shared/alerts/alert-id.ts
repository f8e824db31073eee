import { createHash } from "node:crypto";

/**
 * The id of the alert that a rule raises about a mail: 32 hex digits, the same whenever and wherever the same mail meets
 * the same rule. The two are hashed as JSON, so that no other pair of texts runs together into the same bytes.
 */
export function alertId(sesMessageId: string, rule: string): string {
  return createHash("sha256")
    .update(JSON.stringify([sesMessageId, rule]))
    .digest("hex")
    .slice(0, 32);
}
