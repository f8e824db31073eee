import { isDeepStrictEqual } from "node:util";
import { SuppressionContentionError } from "../errors.ts";
import type { Clock, Log, SuppressionTable } from "../ports.ts";
import { judge } from "./judge.ts";
import { JUDGED_SHELVES } from "./judged-shelves.ts";
import type { SuppressionPolicy } from "./policy.ts";
import type { Evidence, Suppression } from "./suppression.ts";

export interface SuppressionPorts {
  readonly table: SuppressionTable;
  readonly clock: Clock;
  readonly policy: SuppressionPolicy;
  readonly log: Log;
}

/** What the table held when the state of an address was looked at, and what it holds now that all its evidence was judged. */
export interface Settled {
  readonly before: Suppression | undefined;
  readonly after: Suppression | undefined;
}

/**
 * Each attempt that fails means that another one wrote. Whoever writes has read all evidence that was there, so that a crowd of any size
 * is done after a few.
 */
const MAX_ATTEMPTS = 20;

/**
 * Brings the state of an address into line with its evidence. Evidence must have been put before.
 *
 * It is done when it finds nothing to change, and so it looks once more after it has written. Without that look, the last word could be wrong:
 * one handler reads the evidence; another adds to it, finds the state as it should be, and writes nothing; then the first writes what it
 * made of the evidence that it had read, and no version tells it that this was too little.
 *
 * @throws {SuppressionContentionError} when others write all the time
 */
export async function settle(address: string, { table, policy }: SuppressionPorts): Promise<Settled> {
  const before = await table.get(address);
  let held = before;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const evidence = await readJudged(address, table);
    const next = nextState(held, judge(address, evidence, policy));
    if (next === undefined) return { before, after: held };
    // Nothing at all is known of it: it was forgotten meanwhile, and a state would bring its name back.
    if (held !== undefined && evidence.length === 0) await table.removeState(held);
    else await table.put(next);
    held = await table.get(address);
  }
  throw new SuppressionContentionError(MAX_ATTEMPTS);
}

/** All evidence of an address that a decision reads. */
export async function readJudged(address: string, table: SuppressionTable): Promise<readonly Evidence[]> {
  const shelves = [...JUDGED_SHELVES].map(([shelf, limit]) => table.evidence(address, shelf, limit));
  return (await Promise.all(shelves)).flat();
}

/** @returns `undefined` when there is nothing to write */
function nextState(
  held: Suppression | undefined,
  judged: Omit<Suppression, "version"> | undefined,
): Suppression | undefined {
  const state = judged ?? (held && cleared(held));
  if (state === undefined || (held !== undefined && isDeepStrictEqual({ ...state, version: held.version }, held)))
    return undefined;
  return { ...state, version: (held?.version ?? 0) + 1 };
}

/** All evidence had its time and was deleted. */
function cleared({ address, spelling }: Suppression): Omit<Suppression, "version"> {
  return {
    address,
    spelling,
    reason: null,
    since: null,
    expiresAt: null,
    suspect: false,
    probation: false,
    counts: { permanent: 0, transient: 0, undetermined: 0, complaints: 0 },
  };
}
