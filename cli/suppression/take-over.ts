import { isDeepStrictEqual } from "node:util";
import type { SuppressionTable } from "../../shared/ports.ts";
import type { ChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { daysAfter, toIso } from "../../shared/suppression/days.ts";
import { type ForgottenTerm, findSuppression, keepForgotten } from "../../shared/suppression/forgotten.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import type { SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { SUPPRESSION_REASONS, type Suppression } from "../../shared/suppression/suppression.ts";
import type { ListEntry } from "./list-file/entry.ts";

/** Whether an entry changed what is known of its address. */
export type TakenOver = "imported" | "unchanged";

/**
 * Makes what is done with each entry of a file.
 *
 * An entry without a time is from now on. It changes nothing where the address is suppressed for as long and as good a reason: otherwise the
 * same file would be new each night.
 *
 * @param from.now ISO 8601 in UTC with milliseconds, one for the whole file
 */
export function createTakeOver(
  change: ChangeSuppression,
  table: SuppressionTable,
  policy: SuppressionPolicy,
  from: { readonly who: string; readonly why: string; readonly now: string },
): (entry: ListEntry) => Promise<TakenOver> {
  const { who, why, now } = from;
  return async ({ address, spelling, reason, salt, ...written }) => {
    const { since = now } = written;
    const { expiresAt = toIso(daysAfter(Date.parse(since), policy.expiryDays[reason])) } = written;
    const entry = { reason, since, expiresAt };
    if (salt !== undefined) return takeOverForgotten(address, entry, salt);
    if (written.since === undefined && covers(await findSuppression(address, table), entry, now)) return "unchanged";
    const outcome = await change.import({ address, spelling, ...entry, who, why });
    if (outcome.kind === "noAddress") throw new TypeError("expected a canonical address");
    return isDeepStrictEqual(outcome.before, outcome.after) ? "unchanged" : "imported";
  };

  async function takeOverForgotten(key: string, term: ForgottenTerm, salt: string): Promise<TakenOver> {
    const kept = await table.keepSalt(salt, now);
    if (kept.salt !== salt)
      throw new Error("the table has forgotten addresses of its own under another salt, and a table has only one");
    const before = await table.get(key);
    return isDeepStrictEqual(before, await keepForgotten(key, term, table)) ? "unchanged" : "imported";
  }
}

function covers(
  state: Suppression | undefined,
  { reason, expiresAt }: Pick<Suppression, "expiresAt"> & Pick<ListEntry, "reason">,
  now: string,
): boolean {
  if (state === undefined || state.reason === null || !isInForce(state, now)) return false;
  if (SUPPRESSION_REASONS.indexOf(state.reason) > SUPPRESSION_REASONS.indexOf(reason)) return false;
  return state.expiresAt === null || (expiresAt !== null && state.expiresAt >= expiresAt);
}
