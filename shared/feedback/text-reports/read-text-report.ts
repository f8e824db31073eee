import type { Message } from "../../message/message.ts";
import { readReportedAddress } from "../report-address.ts";
import { fieldValue } from "../report-fields.ts";
import { returnedHeader } from "../sent-mail.ts";
import { enhancedCodes, replyCode } from "../status-code.ts";
import { type Family, type NamedRecipient, readFamily } from "./family.ts";
import { readGeneralForm } from "./general-form.ts";
import { GROUPWARE_FAMILIES } from "./groupware-families.ts";
import { readingOf } from "./report-signs.ts";
import { readReportText } from "./report-text.ts";
import { SERVICE_FAMILIES } from "./service-families.ts";
import type { TextRecipient } from "./text-recipient.ts";
import { UNIX_FAMILIES } from "./unix-families.ts";

/** Read from the top: the first family that is told and names somebody. */
const FAMILIES: readonly Family[] = [...UNIX_FAMILIES, ...GROUPWARE_FAMILIES, ...SERVICE_FAMILIES];

/** Recipients of one report. The attack: a text that is one list. */
const MAX_RECIPIENTS = 1_000;

/** Words that say that the server goes on trying. */
const DELAYED =
  /will (?:keep|continue) (?:trying|to (?:try|be retried))|still (?:being retried|trying)|temporary failure report|warning only|has been delayed|(?:delivery|message|mail)[^.]{0,30}\bdelayed\b|will be retried|could not send message for past|not yet been delivered|you do not need to re-?send/i;

/**
 * Reads what a report says to people, where it has no part for machines or one that leaves out what is needed: who did not get a mail of ours,
 * and why.
 *
 * Somebody's talk about bounces is none.
 */
export function readTextReport(message: Message): readonly TextRecipient[] {
  const text = readReportText(message);
  const reading = readingOf(message, text.opening);
  if (reading === "none") return [];
  const known = knownRecipients(message);
  for (const family of FAMILIES) {
    if (!family.tells.test(text.opening)) continue;
    const recipients = toRecipients(readFamily(family, text), known);
    if (recipients.length > 0) return told(recipients, known, family.delayed === true || DELAYED.test(text.opening));
  }
  const isDelayed = DELAYED.test(text.opening);
  const general = reading === "all" ? toRecipients(readGeneralForm(text), known) : [];
  if (general.length > 0) return told(general, known, isDelayed);
  const why = text.lines.join(" ").replace(/\s+/gu, " ").trim().slice(0, 1_000);
  const isTold = FAMILIES.some(({ tells }) => tells.test(text.opening));
  const rest = known.failed.length > 0 ? known.failed : isTold && known.writtenTo.length === 1 ? known.writtenTo : [];
  return rest.map((recipient) => toTextRecipient({ recipient, why }, isDelayed));
}

/** Who the rest of the mail says it is about. */
interface Known {
  /** Exim and Gmail say it in a field of the report's header. */
  readonly failed: readonly string[];
  /** Who the returned mail was written to. */
  readonly writtenTo: readonly string[];
}

function knownRecipients(message: Message): Known {
  const failed = message.rawHeaders.filter(({ name }) => name === "x-failed-recipients").map(({ value }) => value);
  const to = fieldValue(returnedHeader(message), "to") ?? "";
  return { failed: addressesIn(failed.join(",")), writtenTo: addressesIn(to) };
}

function addressesIn(list: string): readonly string[] {
  return list
    .slice(0, 64 * 1024)
    .split(",", MAX_RECIPIENTS)
    .flatMap((written) => readReportedAddress(written)?.address ?? []);
}

interface Reasoned {
  readonly recipient: string;
  readonly why: string;
}

/** Each recipient once, with the first reason that has a code, else the first that says something; a local name becomes the address that is known for it. */
function toRecipients(named: readonly NamedRecipient[], known: Known): readonly Reasoned[] {
  const whys = new Map<string, { recipient: string; why: string }>();
  for (const { named: written, why } of named) {
    const recipient = writtenAs(written, why) ?? completed(written, known);
    if (recipient === undefined) continue;
    const held = whys.get(recipient.toLowerCase());
    if (held === undefined) whys.set(recipient.toLowerCase(), { recipient, why });
    else if (!hasCode(held.why) && (held.why === "" || hasCode(why))) held.why = why;
  }
  return [...whys.values()].slice(0, MAX_RECIPIENTS);
}

/** The address that was written to, where the report names a mailbox inside one machine: `Recipient address: jane@ims-ms-daemon`. */
function writtenAs(written: string, why: string): string | undefined {
  const named = readReportedAddress(written);
  if (named === undefined || named.isPublic) return named?.address;
  const original = /\boriginal address:\s{1,9}(\S{3,320})/i.exec(why)?.[1] ?? "";
  return readReportedAddress(original)?.address ?? named.address;
}

function hasCode(why: string): boolean {
  return enhancedCodes(why).length > 0 || replyCode(why) !== null;
}

function completed(local: string, { failed, writtenTo }: Known): string | undefined {
  if (local.includes("@")) return undefined;
  const wanted = `${local.toLowerCase()}@`;
  return [...failed, ...writtenTo].find((address) => address.toLowerCase().startsWith(wanted));
}

/** Where the header names the failed recipients, the text gives their reasons. */
function told(recipients: readonly Reasoned[], { failed }: Known, isDelayed: boolean): readonly TextRecipient[] {
  const reasonOf = (address: string) =>
    recipients.find(({ recipient }) => recipient.toLowerCase() === address.toLowerCase()) ?? recipients[0];
  const all =
    failed.length === 0 ? recipients : failed.map((recipient) => ({ recipient, why: reasonOf(recipient)?.why ?? "" }));
  return all.map((each) => toTextRecipient(each, isDelayed));
}

function toTextRecipient({ recipient, why }: Reasoned, isDelayed: boolean): TextRecipient {
  const diagnosticCode = why === "" ? null : why;
  return { recipient, action: isDelayed ? "delayed" : "failed", status: null, diagnosticCode, reportingMta: null };
}
