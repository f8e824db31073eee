import { SuppressionContentionError } from "../errors.ts";
import type { Clock, SuppressionTable } from "../ports.ts";
import { effectOf } from "./effect.ts";
import { effectiveTime } from "./effective-time.ts";
import { type ForgottenTerm, findForgotten, forgottenKey, keepForgotten, longer } from "./forgotten.ts";
import { isInForce } from "./in-force.ts";
import { judge } from "./judge.ts";
import { JUDGED_SHELVES } from "./judged-shelves.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { type Evidence, SHELVES, type Suppression } from "./suppression.ts";

export interface ForgetSuppressionPorts {
  readonly table: SuppressionTable;
  readonly policy: SuppressionPolicy;
  readonly clock: Clock;
  /** Makes the secret of a table that has none yet. */
  readonly newSalt: () => string;
  /** Comes back at this time (ISO 8601), or when it is past. */
  readonly waitUntil: (time: string) => Promise<void>;
}

/** What a table holds of one person. */
export interface KnownSuppression {
  readonly state: Suppression | undefined;
  /** What is kept from an earlier forgetting. */
  readonly forgotten: Suppression | undefined;
  readonly evidence: readonly Evidence[];
}

/** More than any address has; memory for what others can forge (`untrusted`) is bounded by it. What is beyond comes in the next round. */
const MAX_ITEMS = 10_000;

/** Each round but the last finds something that a handler added meanwhile, or more than a round takes. */
const MAX_ROUNDS = 1_000;

/** What would be forgotten of an address. */
export async function findKnown(address: string, table: SuppressionTable): Promise<KnownSuppression> {
  const [state, evidence] = await Promise.all([table.get(address), readAll(address, table)]);
  return { state, forgotten: await findForgotten(address, table), evidence };
}

/**
 * Takes away the state and all evidence of an address. What suppresses it then goes on under a hash of the address.
 *
 * Each item of evidence is judged before it is taken away, and what follows from it is kept before that. So at every moment, and wherever it
 * ends early, the address is suppressed at least as it was; handlers may write meanwhile, and the same again finishes what was left.
 *
 * @param address canonical
 * @returns how many items of evidence were taken away
 * @throws {SuppressionContentionError} when others write all the time
 */
export async function forgetSuppression(address: string, ports: ForgetSuppressionPorts): Promise<number> {
  const { table, policy, clock } = ports;
  let removed = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const [state, evidence] = await Promise.all([table.get(address), readAll(address, table)]);
    if (state === undefined && evidence.length === 0) return removed;
    const shown = longer<Shown>(state, judge(address, judged(evidence), policy));
    if (shown !== undefined && isInForce(shown, clock.now())) await keep(address, shown, ports);
    for (const item of suppressingFirst(evidence, policy)) await table.removeEvidence(item);
    if (state !== undefined) await table.removeState(state);
    removed += evidence.length;
  }
  throw new SuppressionContentionError(MAX_ROUNDS);
}

type Shown = Omit<Suppression, "version">;

/**
 * Readers may have asked for the salt just before the first address of the table was forgotten, and not ask again for a while. Until all know it, the
 * state stays where they look.
 */
async function keep(
  address: string,
  { reason, since, expiresAt }: Shown,
  ports: ForgetSuppressionPorts,
): Promise<void> {
  if (reason === null) return;
  const { table, clock, newSalt, waitUntil } = ports;
  const term: ForgottenTerm = { reason, since, expiresAt };
  const { salt, knownFrom } = await table.keepSalt(newSalt(), clock.now());
  await keepForgotten(forgottenKey(address, salt), term, table);
  if (knownFrom !== null && knownFrom > clock.now()) await waitUntil(knownFrom);
}

async function readAll(address: string, table: SuppressionTable): Promise<readonly Evidence[]> {
  const shelves = await Promise.all(SHELVES.map((shelf) => table.evidence(address, shelf, MAX_ITEMS)));
  return shelves.flat();
}

/** As much of each shelf as decisions read. */
function judged(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...JUDGED_SHELVES].flatMap(([shelf, limit]) =>
    evidence.filter((item) => item.shelf === shelf).slice(0, limit),
  );
}

/** What voids other evidence goes last: a bounce whose removal went first would suppress again what a person lifted. */
function suppressingFirst(evidence: readonly Evidence[], policy: SuppressionPolicy): readonly Evidence[] {
  return evidence.toSorted(
    (one, other) =>
      Number(voids(one, policy)) - Number(voids(other, policy)) || effectiveTime(one) - effectiveTime(other),
  );
}

function voids(item: Evidence, policy: SuppressionPolicy): boolean {
  if (item.kind === "person") return item.act === "remove";
  return item.shelf === "delivery" || effectOf(item.feedback, policy).effect === "lift";
}
