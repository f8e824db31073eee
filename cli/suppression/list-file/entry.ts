import { canonicalAddress } from "../../../shared/suppression/canonical-address.ts";
import { isForgottenKey, readPortableKey } from "../../../shared/suppression/forgotten.ts";
import {
  SUPPRESSION_REASONS,
  type Suppression,
  type SuppressionReason,
} from "../../../shared/suppression/suppression.ts";
import { printable } from "../../output/printable.ts";
import { readDate } from "../../read-date.ts";

/** The fields of an entry in the order in which files have them: a contract, as the header line of CSV and the keys of NDJSON. */
export const ENTRY_FIELDS = ["address", "reason", "since", "expiresAt", "spelling"] as const;
type EntryField = (typeof ENTRY_FIELDS)[number];

/** A suppressed address in a file. Times are ISO 8601 in UTC with milliseconds. */
export interface ListEntry {
  /** Canonical. */
  readonly address: string;
  readonly reason: SuppressionReason;
  /** `undefined`: the file does not say. */
  readonly since: string | undefined;
  /** `null`: never; `undefined`: the file does not say. */
  readonly expiresAt: string | null | undefined;
  readonly spelling: string;
  /** Of a forgotten address, whose `address` is the key of its hash under this salt. */
  readonly salt?: string;
}

/** What a file says of an address. A field that is empty is not there, but for `expiresAt`, where it means never. */
export type WrittenEntry = Readonly<Partial<Record<EntryField, string>>>;

/** A suppressed address as files show it. A spelling that does not fit on a line is left out, for the address itself. */
export function entryOf({ address, reason, since, expiresAt, spelling }: Suppression): Record<EntryField, string> {
  const spelt = spelling.trim();
  return {
    address,
    reason: reason ?? "",
    since: since ?? "",
    expiresAt: expiresAt ?? "",
    spelling: /\p{Cc}/u.test(spelt) ? address : spelt,
  };
}

/** @returns what is wrong, in words, where it is no entry */
export function readEntry(written: WrittenEntry): ListEntry | string {
  const named = written.address ?? "";
  const forgotten = readPortableKey(named.trim());
  const address = forgotten?.key ?? canonicalAddress(named);
  if (isForgottenKey(named.trim())) return "expected a forgotten address with its salt, as export writes it";
  if (address === undefined) return expected("an address", named);
  const reason = REASONS.get((written.reason ?? "").trim().toLowerCase());
  if (reason === undefined) return expected(`a reason (${SUPPRESSION_REASONS.join(", ")})`, written.reason);
  const [since, expiresAt] = [readTime(written.since), readTime(written.expiresAt)];
  if (since === "wrong") return expected("a date in since", written.since);
  if (expiresAt === "wrong") return expected("a date in expiresAt, or nothing", written.expiresAt);
  const spelling = written.spelling || (forgotten === undefined ? named.trim() : "");
  if (forgotten === undefined && canonicalAddress(spelling) !== address)
    return expected(`a spelling of ${printable(address)}`, spelling);
  return {
    address,
    reason,
    since: since ?? undefined,
    expiresAt: written.expiresAt === undefined ? undefined : expiresAt,
    spelling,
    ...(forgotten && { salt: forgotten.salt }),
  };
}

/** SES's two words are ours in capital letters. */
const REASONS = new Map(SUPPRESSION_REASONS.map((reason) => [reason.toLowerCase(), reason]));

function readTime(written = ""): string | null | "wrong" {
  return written.trim() === "" ? null : (readDate(written) ?? "wrong");
}

export function expected(what: string, got = ""): string {
  return `expected ${what}, got ${got === "" ? "nothing" : printable(JSON.stringify(got))}`;
}
