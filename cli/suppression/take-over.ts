import { isDeepStrictEqual } from "node:util";
import type { SuppressionTable } from "../../shared/ports.ts";
import type { ChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { daysAfter, toIso } from "../../shared/suppression/days.ts";
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
  return async ({ address, spelling, reason, ...written }) => {
    const { since = now } = written;
    const { expiresAt = toIso(daysAfter(Date.parse(since), policy.expiryDays[reason])) } = written;
    const entry = { reason, since, expiresAt };
    if (written.since === undefined && covers(await table.get(address), entry, now)) return "unchanged";
    const outcome = await change.import({ address, spelling, ...entry, who, why });
    if (outcome.kind === "noAddress") throw new TypeError("expected a canonical address");
    return isDeepStrictEqual(outcome.before, outcome.after) ? "unchanged" : "imported";
  };
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
