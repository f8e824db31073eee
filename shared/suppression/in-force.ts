import type { Suppression } from "./suppression.ts";

/**
 * Whether the address may not be written to at this time. The end is compared here, because DynamoDB deletes what has expired up to two days
 * late.
 *
 * @param now ISO 8601 in UTC with milliseconds
 */
export function isInForce(state: Pick<Suppression, "reason" | "expiresAt"> | undefined, now: string): boolean {
  if (state === undefined || state.reason === null) return false;
  return state.expiresAt === null || now < state.expiresAt;
}
