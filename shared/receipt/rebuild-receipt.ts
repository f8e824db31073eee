import { verdictStatus } from "./announcement.ts";
import { readAuthenticationResults, readReceivedSpf } from "./authentication-results.ts";
import type { Receipt, Verdicts } from "./receipt.ts";
import { readReceived } from "./received.ts";
import type { Field, SesBlock } from "./ses-block.ts";
import { findSesBlock } from "./ses-block.ts";
import { isSesMessageId } from "./storage-key.ts";
import { splitStructuredField } from "./structured-field.ts";
import { mailFromOf, recipientsOf } from "./trace-envelope.ts";

/** A stored mail as far as its receipt can be read from it. */
export interface StoredMail {
  /**
   * In the order of the mail, unfolded, but with encoded words (RFC 2047) as they are. Decoding them would let an
   * envelope sender such as `=?us-ascii?Q?x=3B_dkim=3Dpass?=@evil.example` write results of its own into SES's fields.
   */
  readonly headers: readonly Field[];
  /** Of the raw bytes, 64 hex digits. */
  readonly sha256: string;
  /** The Date header, read: ISO 8601, or `null`. */
  readonly date: string | null;
  /** Reads a date of RFC 5322 to ISO 8601 in UTC; `null` when it is none. */
  readonly readDate: (value: string) => string | null;
}

/**
 * Rebuilds the receipt of a stored mail that came without an event, from what SES wrote on top of it (SES fact 1.10).
 *
 * The same bytes give the same receipt on any machine: nothing is taken from a file's name or time, nor from a clock.
 * Verdicts are believed only where `at.trustHeaders` says that the store takes mails from SES alone: a file from
 * elsewhere can carry the whole block, forged.
 */
export function rebuildReceipt(
  mail: StoredMail,
  at: { readonly storageKey: string; readonly trustHeaders: boolean },
): Receipt {
  const block = findSesBlock(mail.headers);
  const sesId = block?.received.id;
  return {
    sesMessageId: sesId !== undefined && isSesMessageId(sesId) ? sesId : `sha256-${mail.sha256.slice(0, 40)}`,
    receivedAt: receivedAt(mail),
    envelope: { mailFrom: mailFromOf(mail.headers), recipients: recipientsOf(mail.headers) },
    verdicts: block === undefined ? {} : verdictsOf(block),
    headersTruncated: false,
    storageKey: at.storageKey,
    origin: "rebuilt",
    verdictsTrusted: at.trustHeaders && block !== undefined,
  };
}

/** SES's own Received field is the topmost, so its date comes first of itself. */
function receivedAt({ headers, readDate, date }: StoredMail): string | null {
  for (const { name, value } of headers) {
    if (name.toLowerCase() !== "received") continue;
    const received = readDate(readReceived(value).date ?? "");
    if (received !== null) return received;
  }
  return date;
}

function verdictsOf({ verdicts }: SesBlock): Verdicts {
  const spam = verdicts.get("x-ses-spam-verdict");
  const virus = verdicts.get("x-ses-virus-verdict");
  const spf = verdicts.get("received-spf");
  return {
    ...(spam !== undefined && { spam: scanVerdict(spam) }),
    ...(virus !== undefined && { virus: scanVerdict(virus) }),
    ...readAuthenticationResults(verdicts.get("authentication-results") ?? ""),
    // Rather than the result in the other field: here it comes before anything that the sender chose.
    ...(spf !== undefined && { spf: readReceivedSpf(spf) }),
  };
}

function scanVerdict(value: string) {
  return verdictStatus(splitStructuredField(value).parts[0]?.words[0] ?? "");
}
