import { createHash } from "node:crypto";
import type { Arrival } from "../receipt/arrival.ts";
import type { MailRecord } from "./record.ts";

/** What SES's ids look like (SES fact 1.9.1); a file that somebody put into the bucket is rarely called so. */
const LIKE_SES = /^[0-9A-Za-z-]{20,128}$/;

/**
 * The name, in the mail log, of a mail that was announced: SES's id, which is the same for every announcement of it. Of an object that the store
 * alone announced, and whose name SES would not have given, it is the whole key: `a/report.eml` and `b/report.eml` are two mails.
 */
export function announcedKey({ sesMessageId, storageKey, receipt }: Arrival): string {
  return receipt !== undefined || LIKE_SES.test(sesMessageId) ? sesMessageId : `stored/${storageKey}`;
}

/**
 * The name of a mail that was found in a file or a store. Its id was read from its own headers and can be anybody's: a mail of other
 * bytes must not pass for one that was handled. No id has a slash.
 */
export function foundKey(record: MailRecord): string {
  return `${record.sesMessageId}/${record.sha256 || hashOfWhatIsKnown(record)}`;
}

/** A mail too large to be read whole has no hash of its bytes. */
function hashOfWhatIsKnown({ size, receivedAt, envelope, message }: MailRecord): string {
  return createHash("sha256")
    .update(JSON.stringify([size, receivedAt, envelope, message]))
    .digest("hex");
}
