import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";
import { SUPPRESSION_REASONS, type SuppressionReason } from "../../shared/suppression/suppression.ts";
import { withNearest } from "../../shared/text/nearest-word.ts";

/** A suppressed address as files have it. */
export interface Entry {
  /** As it is spelt. */
  readonly address: string;
  readonly reason: SuppressionReason;
  /** ISO 8601 in UTC with milliseconds. `null` in files of SES, which do not say it. */
  readonly since: string | null;
  readonly expiresAt: string | null;
}

/** What a line of a file says, before it is checked. */
export interface WrittenEntry {
  readonly address: string;
  readonly reason: string;
  readonly since: string;
  readonly expiresAt: string;
}

/** What is wrong with a line: what was expected, and what came. */
export class EntryError extends Error {
  override readonly name = "EntryError";
}

/** SES's own words for its two reasons (SES fact 3.2). */
const SES_REASONS: Readonly<Record<string, SuppressionReason>> = { BOUNCE: "bounce", COMPLAINT: "complaint" };

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** @throws {EntryError} */
export function checkEntry({ address, reason, since, expiresAt }: WrittenEntry): Entry {
  if (canonicalAddress(address) === undefined) throw new EntryError(`expected an address, got ${shown(address)}`);
  return {
    address: address.trim(),
    reason: readReason(reason),
    since: readTime("since", since),
    expiresAt: readTime("expiresAt", expiresAt),
  };
}

/** @throws {EntryError} */
export function readReason(written: string): SuppressionReason {
  const reason = SES_REASONS[written] ?? SUPPRESSION_REASONS.find((known) => known === written);
  if (reason !== undefined) return reason;
  const expected = `one of ${SUPPRESSION_REASONS.join(", ")}`;
  throw new EntryError(`expected ${expected}, got ${shown(written)}${withNearest(written, SUPPRESSION_REASONS)}`);
}

function readTime(name: string, written: string): string | null {
  if (written === "") return null;
  const time = TIME.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time))
    throw new EntryError(`expected a time such as 2026-11-21T07:41:19.000Z as ${name}, got ${shown(written)}`);
  return new Date(time).toISOString();
}

export function shown(written: string): string {
  return written.length > 100 ? `"${written.slice(0, 100)}…"` : `"${written}"`;
}
