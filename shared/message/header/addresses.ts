import addressparser, { type Address } from "nodemailer/lib/addressparser";
import { MAX_ADDRESSES } from "../limits.ts";
import type { Mailbox } from "../message.ts";
import { decodeHeaderValue } from "./encoded-words.ts";
import type { RawField } from "./header-fields.ts";

/** Characters of one address field that are read: room for the most addresses that are kept. */
const MAX_FIELD_LENGTH = 256 * 1024;

/**
 * Reads the addresses of all fields of one name (RFC 5322 section 3.4), groups flattened.
 *
 * At most `MAX_ADDRESSES` of them.
 *
 * The structure is read before names are decoded: an encoded word may hold commas and brackets that are not structure.
 */
export function readAddresses(
  fields: readonly RawField[],
  name: string,
  ...likely: readonly string[]
): readonly Mailbox[] {
  const mailboxes: Mailbox[] = [];
  for (const field of fields) {
    if (field.name !== name) continue;
    for (const entry of addressparser(field.value.slice(0, MAX_FIELD_LENGTH)).flatMap(members)) {
      if (mailboxes.length >= MAX_ADDRESSES) return mailboxes;
      const mailbox = readMailbox(entry, likely);
      if (mailbox.name !== "" || mailbox.address !== "") mailboxes.push(mailbox);
    }
  }
  return mailboxes;
}

function members(entry: Address): readonly Address[] {
  return entry.group === undefined ? [entry] : entry.group;
}

function readMailbox(entry: Address, likely: readonly string[]): Mailbox {
  return {
    name: oneLine(decodeHeaderValue(entry.name, ...likely)),
    address: oneLine(decodeHeaderValue(entry.address ?? "", ...likely)),
  };
}

/** An encoded word can hold line breaks and control characters; a name is one line. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}
