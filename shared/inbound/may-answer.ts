import { markedIds } from "../alerts/loop-mark.ts";
import type { HeaderField } from "../message/message.ts";
import type { VerdictName } from "../receipt/receipt.ts";
import type { ReadMail } from "./record.ts";

export type MayAnswer = { readonly answer: true } | { readonly answer: false; readonly why: string };

/** Microsoft's field ([MS-OXCMAIL] section 2.2.3.2.14), which its own servers heed. */
const SUPPRESS = "x-auto-response-suppress";

/** Why a mail must not be answered, and how it is known; the first that holds is told. None holds a mail back from the rules. */
const REASONS: readonly { readonly why: string; readonly holds: (mail: ReadMail) => boolean }[] = [
  { why: "it bears our own mark", holds: ({ message }) => markedIds(message).length > 0 },
  { why: "it has the null return path", holds: ({ receipt }) => /^\s*(?:<>)?\s*$/.test(receipt.envelope.mailFrom) },
  { why: "it is a report about another mail, or an automatic reply", holds: ({ message }) => message.report !== null },
  { why: "it says that a machine sent it (Auto-Submitted)", holds: says("auto-submitted", isAutomatic) },
  { why: "it asks for no automatic answer (X-Auto-Response-Suppress)", holds: says(SUPPRESS, asksForSilence) },
  { why: "it comes from a mailing list", holds: isFromList },
  { why: "it was sent to many (Precedence)", holds: says("precedence", isBulk) },
  { why: "its sender reads no answers", holds: hasDeafSender },
  { why: "SES takes it for spam, for a virus or for a forgery", holds: isHarmful },
];

/**
 * Whether we may send an automatic answer to a mail (RFC 3834 section 2).
 *
 * It says nothing of whether the mail was meant for the address that would answer, nor of how often its sender was answered:
 * those are the caller's to know.
 */
export function mayAnswer(mail: ReadMail): MayAnswer {
  const reason = REASONS.find(({ holds }) => holds(mail));
  return reason === undefined ? { answer: true } : { answer: false, why: reason.why };
}

function says(field: string, matters: (value: string) => boolean): (mail: ReadMail) => boolean {
  return ({ message }) => message.headers.some(({ name, value }) => name === field && matters(value));
}

/** RFC 3834 section 5: a keyword, comments around it, parameters behind it. What cannot be read is not `no`. */
function isAutomatic(value: string): boolean {
  return !/^no(?:\s*;.*)?$/is.test(value.replace(/\([^()]*\)/g, " ").trim());
}

function asksForSilence(value: string): boolean {
  return !/^\s*none\s*$/i.test(value);
}

function isBulk(value: string): boolean {
  return /^\s*(?:bulk|junk|list|auto[_-]reply)\s*$/i.test(value);
}

/** RFC 2369 and RFC 2919, and what lists wrote before those. */
function isFromList({ message }: ReadMail): boolean {
  return message.headers.some(({ name }: HeaderField) => name.startsWith("list-") || LIST_FIELDS.has(name));
}

const LIST_FIELDS: ReadonlySet<string> = new Set(["mailing-list", "x-mailing-list", "x-mailman-version", "x-loop"]);

/** Local parts of those who read no answers: lists and mail systems (RFC 3834 section 2), and who says so by name. */
const DEAF: readonly RegExp[] = [/^owner-/, /-(?:request|owner)$/, /^mailer-?daemon$/, /^(?:listserv|majordomo)$/];
const NO_REPLY = /noreply|donotreply|dontreply/;

function hasDeafSender({ message, receipt }: ReadMail): boolean {
  const addresses = [receipt.envelope.mailFrom, ...[...message.from, ...message.replyTo].map(({ address }) => address)];
  return addresses.some((address) => {
    const [local = ""] = address.slice(0, MAX_ADDRESS).toLowerCase().split("@", 1);
    return DEAF.some((deaf) => deaf.test(local)) || NO_REPLY.test(local.replace(/[-._']/g, ""));
  });
}

/** RFC 5321 section 4.5.3.1.3. */
const MAX_ADDRESS = 254;

/** An answer to these goes to somebody who did not write. */
const HARMFUL: readonly VerdictName[] = ["spam", "virus", "dmarc"];

function isHarmful({ receipt }: ReadMail): boolean {
  return HARMFUL.some((name) => receipt.verdicts[name] === "FAIL");
}
