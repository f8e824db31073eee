import { FIELD_LINE, firstLineStart, fromLineEnd } from "./from-line.ts";

/** How far into a file its first header block is looked for: mails that passed many filters carry long headers. */
export const HEAD_BYTES = 65_536;

/** Fields that other files do not begin with by chance; lower case. */
const WELL_KNOWN_FIELDS = new Set([
  ...["from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references"],
  ...["received", "return-path", "delivered-to", "envelope-to", "apparently-to", "errors-to", "delivery-date"],
  ...["mime-version", "content-type", "content-transfer-encoding", "content-disposition", "auto-submitted"],
  ...["authentication-results", "dkim-signature", "domainkey-signature", "received-spf", "disposition-notification-to"],
  ...["x-original-to", "x-apparently-to", "x-mailer", "x-priority", "x-mozilla-status", "x-gm-thrid", "x-spam-status"],
]);
const WELL_KNOWN_FAMILY = /^(?:resent-|list-|arc-|x-ses-|x-originating-)/;

/**
 * Whether a file with this beginning is a mail, whatever its name ends with: its first header block is made of
 * header fields, and at least one of them is a field of mail. Line ends may be CRLF, LF or CR; a byte order mark and
 * blank lines before the block are passed over; an mbox `From ` line counts as a field of mail.
 *
 * Mails with a broken line among their headers are common, so such lines are borne when they are the smaller part and two
 * fields of mail stand beside them: prose can hold one `To: …` too.
 */
export function beginsLikeAMail(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES));
  const afterFromLine = fromLineEnd(bytes);
  const counted = { known: afterFromLine === undefined ? 0 : 1, fields: 0, broken: 0 };
  for (const line of bytes.toString("latin1", afterFromLine ?? firstLineStart(bytes)).split(/\r\n|\n|\r/)) {
    if (line === "") break;
    count(line, counted);
    if (counted.fields === 0) return false;
  }
  const { known, fields, broken } = counted;
  return broken === 0 ? known >= 1 : known >= 2 && broken < fields;
}

function count(line: string, counted: { known: number; fields: number; broken: number }): void {
  const isFirst = counted.fields === 0;
  // `>From ` is what some delivery agents make of a second From line above the header.
  if (line.startsWith(">From ")) counted.fields += 1;
  else if (isFirst || !/^[ \t]/.test(line)) {
    const name = FIELD_LINE.exec(isFirst ? line.trimStart() : line)?.[1]?.toLowerCase();
    if (name === undefined) counted.broken += 1;
    else counted.fields += 1;
    if (name !== undefined && (WELL_KNOWN_FIELDS.has(name) || WELL_KNOWN_FAMILY.test(name))) counted.known += 1;
  }
}
