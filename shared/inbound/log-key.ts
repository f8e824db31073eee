import { createHash } from "node:crypto";
import type { MailRecord } from "./record.ts";

/** The name, in the mail log, of a mail that was announced: SES's id, which is the same for every announcement of it. */
export function announcedKey(sesMessageId: string): string {
  return sesMessageId;
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
