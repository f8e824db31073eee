import { readReceived } from "./received.ts";
import type { Field } from "./ses-block.ts";
import { addressIn, splitStructuredField } from "./structured-field.ts";

/** The envelope sender that the last mail server wrote down; empty for the null sender, and when none did. */
export function mailFromOf(fields: readonly Field[]): string {
  const returnPath = fields.find(({ name }) => name.toLowerCase() === "return-path");
  return (returnPath && addressIn(splitStructuredField(returnPath.value).parts[0]?.words ?? [])) ?? "";
}

/** Where delivery agents note the envelope recipient, in the order in which they are believed. */
const DELIVERY_FIELDS = ["delivered-to", "x-original-to", "envelope-to"] as const;

/** The fields that a sender's program writes. Servers put theirs above; below, they are the sender's (RFC 5322 section 3.6). */
const SENDERS_FIELDS = new Set(
  "from sender reply-to to cc bcc date subject message-id mime-version content-type content-transfer-encoding".split(
    " ",
  ),
);

/**
 * The envelope recipients that mail servers wrote down: the `for` of the topmost Received field that has one, which is
 * SES's own where SES stored the mail; else what a delivery agent noted. Never To or Cc: they do not know of BCC or
 * forwarding, and the sender writes them.
 */
export function recipientsOf(fields: readonly Field[]): readonly string[] {
  for (const { name, value } of fields) {
    if (name.toLowerCase() !== "received") continue;
    const { recipient } = readReceived(value);
    if (recipient !== undefined) return [recipient];
  }
  const sendersPart = fields.findIndex(({ name }) => SENDERS_FIELDS.has(name.toLowerCase()));
  const top = sendersPart < 0 ? fields : fields.slice(0, sendersPart);
  for (const agent of DELIVERY_FIELDS) {
    const noted = top.find(({ name }) => name.toLowerCase() === agent);
    if (noted !== undefined) return addressList(noted.value);
  }
  return [];
}

/** Exim notes all recipients of a delivery in one Envelope-To, with commas. */
function addressList(value: string): string[] {
  const words = splitStructuredField(value).parts.flatMap((part) => part.words);
  const addresses = words.flatMap((word) => (word.includes('"') ? [word.replace(/,$/, "")] : word.split(",")));
  return addresses.flatMap((address) => addressIn([address]) || []);
}
