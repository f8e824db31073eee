import { mapAtOnce } from "../../shared/at-once.ts";
import type { SuppressionTable } from "../../shared/ports.ts";
import type { AccountList, ListedAddress } from "../../shared/suppression/account-list.ts";
import { toIso } from "../../shared/suppression/days.ts";
import { findSuppression, isForgottenKey } from "../../shared/suppression/forgotten.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import { lastRemoval } from "../../shared/suppression/last-removal.ts";
import type { KnownAddress, SyncStep } from "../../shared/suppression/plan-sync.ts";
import type { OpenTable } from "./open-table.ts";

/** What would have to change for one address. */
type Plan = (known: KnownAddress, listed: ListedAddress | undefined) => SyncStep | undefined;

/** All steps, and how many addresses were compared. */
export interface SyncPlan {
  readonly steps: readonly SyncStep[];
  /** Addresses that are suppressed in the table. */
  readonly suppressed: number;
  /** Addresses that SES alone lists. */
  readonly onlyListed: number;
}

/**
 * Compares a table with SES's list. SES's is held whole, the table is not: addresses that it does not suppress are asked for one by one only where SES
 * lists them.
 *
 * @param now ISO 8601 in UTC with milliseconds
 */
export async function planSync(
  { table, atOnce }: Pick<OpenTable, "table" | "atOnce">,
  { listed, unreadable }: AccountList,
  plan: Plan,
  now: string,
): Promise<SyncPlan> {
  const steps: SyncStep[] = [];
  const others = new Map(listed);
  let suppressed = 0;
  for await (const state of table.list()) {
    if (!isInForce(state, now)) continue;
    const { address } = state;
    suppressed += 1;
    // Nobody knows who it is, unless SES's list has the address: then it is found below.
    if (isForgottenKey(address)) continue;
    others.delete(address);
    const entry = listed.get(address);
    const liftedAt = entry === undefined ? null : await lastLifted(address, table);
    const step = plan({ address, state, isInForce: true, liftedAt }, entry);
    if (step !== undefined) steps.push(step);
  }
  const onlyListed = await mapAtOnce([...others.values()], atOnce, async (entry) =>
    plan(await lookUp(entry.address, table, now), entry),
  );
  steps.push(...onlyListed.filter((step) => step !== undefined));
  steps.push(
    ...unreadable.map((address) => ({ do: "leave", address, why: "SES lists it, but it is not an address" }) as const),
  );
  return { steps, suppressed, onlyListed: others.size };
}

/** Acts of a person that are looked through for the last removal. */
const MAX_ACTS = 200;

async function lookUp(address: string, table: SuppressionTable, now: string): Promise<KnownAddress> {
  const state = await findSuppression(address, table);
  return { address, state, isInForce: isInForce(state, now), liftedAt: await lastLifted(address, table) };
}

/** Also of an address without a state: DynamoDB deletes one whose suppression has ended, and keeps what a person did. */
async function lastLifted(address: string, table: SuppressionTable): Promise<string | null> {
  const lifted = lastRemoval(await table.evidence(address, "person", MAX_ACTS));
  return lifted === Number.NEGATIVE_INFINITY ? null : toIso(lifted);
}
