import { createHmac, randomBytes } from "node:crypto";
import { SuppressionContentionError } from "../errors.ts";
import type { SuppressionTable } from "../ports.ts";
import { SUPPRESSION_REASONS, type Suppression, type SuppressionReason } from "./suppression.ts";

// A forgotten address that must not be written to is kept as a hash. HMAC-SHA-256 and not scrypt: every question whether somebody may be
// written to has to compute it, and what protects the address is the secret salt. Who has the salt can try guesses under either, and
// addresses are easily guessed: this is pseudonymisation, and no more is claimed.

/** How the keys of forgotten addresses begin. No canonical address does: each has an `@`, and these have none. */
const PREFIX = "forgotten:";

const MAX_ATTEMPTS = 20;

/** What is kept of a forgotten suppression. Times are ISO 8601 in UTC with milliseconds. */
export interface ForgottenTerm {
  readonly reason: SuppressionReason;
  readonly since: string | null;
  readonly expiresAt: string | null;
}

/** A secret for a table that has none yet. Composition roots give it to the domain as `newSalt`. */
export function randomSalt(): string {
  return randomBytes(32).toString("base64url");
}

/** The key under which a table keeps the state of a forgotten address. */
export function forgottenKey(address: string, salt: string): string {
  return `${PREFIX}${createHmac("sha256", salt).update(address).digest("hex")}`;
}

/** Whether this is the key of a forgotten address, whose name nobody knows any more. */
export function isForgottenKey(address: string): boolean {
  return /^forgotten:[\da-f]{64}$/.test(address);
}

/** The key of a forgotten address as it is taken to another table: there it means nothing without the salt. */
export function portableKey(key: string, salt: string): string {
  return `${PREFIX}${salt}:${key.slice(PREFIX.length)}`;
}

/** @returns `undefined` for what is no portable key */
export function readPortableKey(written: string): { readonly key: string; readonly salt: string } | undefined {
  const [, salt, hash] = /^forgotten:([\w-]{43}):([\da-f]{64})$/.exec(written) ?? [];
  return salt === undefined || hash === undefined ? undefined : { key: `${PREFIX}${hash}`, salt };
}

/** The state of an address that was forgotten, under the key of its hash. Costs nothing but the salt where nothing was forgotten. */
export async function findForgotten(address: string, table: SuppressionTable): Promise<Suppression | undefined> {
  const salt = await table.salt();
  return salt === undefined ? undefined : table.get(forgottenKey(address, salt));
}

/**
 * What suppresses an address, forgotten or not: of the two states the one that lasts longer.
 *
 * The forgotten one is read last: who forgets writes it before he takes the other away, so that one of them is always found.
 *
 * @param address canonical
 */
export async function findSuppression(address: string, table: SuppressionTable): Promise<Suppression | undefined> {
  const known = await table.get(address);
  return isForGood(known) ? known : longer(known, await findForgotten(address, table));
}

/** Whether the address may never be written to again, until a person lifts it. */
export function isForGood(state: Suppression | undefined): boolean {
  return state !== undefined && state.reason !== null && state.expiresAt === null;
}

/** The state that suppresses longer; of two that last equally long the one with the heavier reason, else the first. */
export function longer<State extends Pick<Suppression, "reason" | "expiresAt">>(
  one: State | undefined,
  other: State | undefined,
): State | undefined {
  if (other === undefined || other.reason === null) return one ?? other;
  if (one === undefined || one.reason === null) return other;
  if (one.expiresAt === other.expiresAt) return weight(other.reason) < weight(one.reason) ? other : one;
  return one.expiresAt === null || (other.expiresAt !== null && one.expiresAt > other.expiresAt) ? one : other;
}

function weight(reason: SuppressionReason): number {
  return SUPPRESSION_REASONS.indexOf(reason);
}

/**
 * Suppresses a forgotten address, at least as long as it is already.
 *
 * @param key see `forgottenKey`
 */
export async function keepForgotten(key: string, term: ForgottenTerm, table: SuppressionTable): Promise<Suppression> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const held = await table.get(key);
    const next = stateOf(key, term, (held?.version ?? 0) + 1);
    if (held !== undefined && longer(held, next) === held) return held;
    if (await table.put(next)) return next;
  }
  throw new SuppressionContentionError(MAX_ATTEMPTS);
}

/** Lifts what suppresses a forgotten address. */
export async function liftForgotten(address: string, table: SuppressionTable): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const held = await findForgotten(address, table);
    if (held === undefined || (await table.removeState(held))) return;
  }
  throw new SuppressionContentionError(MAX_ATTEMPTS);
}

function stateOf(key: string, { reason, since, expiresAt }: ForgottenTerm, version: number): Suppression {
  return {
    address: key,
    spelling: "",
    reason,
    since,
    expiresAt,
    suspect: false,
    probation: false,
    counts: { permanent: 0, transient: 0, undetermined: 0, complaints: 0 },
    version,
  };
}
