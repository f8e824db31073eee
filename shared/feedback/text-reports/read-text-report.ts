import type { Message } from "../../message/message.ts";
import { MAX_REPORTED_RECIPIENTS } from "../report-limits.ts";
import { enhancedCodes, hasCode, replyCode } from "../status-code.ts";
import { type Family, joined, type NamedRecipient, readFamily } from "./family.ts";
import { givesReason, readGeneralForm, readSentences } from "./general-form.ts";
import { GROUPWARE_FAMILIES } from "./groupware-families.ts";
import { addressMeant, type KnownRecipients, knownRecipients } from "./known-recipients.ts";
import { claimsToReport, type Reading, readingOf } from "./report-signs.ts";
import { type ReportText, readReportText } from "./report-text.ts";
import { SERVICE_FAMILIES } from "./service-families.ts";
import type { TextRecipient } from "./text-recipient.ts";
import { UNIX_FAMILIES } from "./unix-families.ts";

/** Read from the top: the first family that is told and names somebody. */
const FAMILIES: readonly Family[] = [...UNIX_FAMILIES, ...GROUPWARE_FAMILIES, ...SERVICE_FAMILIES];

/** Words that say that the server goes on trying. */
const DELAYED =
  /will (?:keep|continue) (?:trying|to (?:try|be retried))|still (?:being retried|trying)|temporary failure report|warning only|has been delayed|(?:delivery|message|mail)[^.]{0,30}\bdelayed\b|will be retried|could not send message for past|not yet been delivered|you do not need to re-?send/i;

/** Words that say that it has given up, whatever the answer that it quotes says: `450 message delayed`. */
const GIVEN_UP =
  /^undeliver|permanent (?:error|failure|fatal)|failed permanently|i've given up|undelivered mail returned|returning message to sender|returned mail|delivery has failed|delivery (?:status notification )?\(?fail/i;

/** A recipient, and why they did not get the mail. */
interface Reasoned {
  readonly recipient: string;
  readonly why: string;
}

/**
 * Reads what a report says to people, where it has no part for machines or one that leaves out what is needed: who did not get a mail of ours,
 * and why.
 *
 * Somebody's talk about bounces is none.
 */
export function readTextReport(message: Message): readonly TextRecipient[] {
  if (!claimsToReport(message)) return [];
  const text = readReportText(message);
  const reading = readingOf(message, text.opening);
  if (reading === "none") return [];
  const known = knownRecipients(message);
  const families = FAMILIES.filter(({ tells }) => tells.test(text.opening));
  const isDelayed = DELAYED.test(text.opening) && !GIVEN_UP.test(text.opening);
  for (const family of families) {
    const recipients = toRecipients(readFamily(family, text), known);
    if (recipients.length > 0) return told(recipients, known, isDelayed || family.delayed === true);
  }
  const general = reading === "all" ? toRecipients(readGeneralForm(text), known) : [];
  const recipients = general.length > 0 ? general : deduced(text, known, { isTold: families.length > 0, reading });
  return told(recipients, known, isDelayed);
}

/** Each recipient once, with the first reason that has a code, else the first that says something. */
function toRecipients(named: readonly NamedRecipient[], known: KnownRecipients): readonly Reasoned[] {
  const whys = new Map<string, { recipient: string; why: string }>();
  for (const { named: written, why } of named) {
    const recipient = isDelivery(why) ? undefined : addressMeant(written, why, known);
    if (recipient === undefined) continue;
    const held = whys.get(recipient.toLowerCase());
    if (held === undefined) whys.set(recipient.toLowerCase(), { recipient, why });
    else if (!hasCode(held.why) && (held.why === "" || hasCode(why))) held.why = why;
  }
  const others = [...whys].filter(([address]) => !known.own.has(address));
  return (others.length > 0 ? others : [...whys]).slice(0, MAX_REPORTED_RECIPIENTS).map(([, reasoned]) => reasoned);
}

/** A report of several recipients may say of some that they got it: `250 2.0.0 Ok`. */
function isDelivery(why: string): boolean {
  const codes = enhancedCodes(why);
  return codes.length > 0 && codes.every((code) => code.startsWith("2")) && replyCode(why) === null;
}

/**
 * Who is meant where nobody is named in a form of reports: the failed recipients of the header, the only one that the returned mail was
 * written to, the only one that the sentences speak of.
 */
function deduced(
  text: ReportText,
  known: KnownRecipients,
  { isTold, reading }: { readonly isTold: boolean; readonly reading: Reading },
): readonly Reasoned[] {
  const why = joined(text.lines);
  if (known.failed.length > 0) return known.failed.map((recipient) => ({ recipient, why }));
  const isReport = reading === "all" && givesReason(why);
  if (known.writtenTo.length === 1 && (isTold || isReport))
    return known.writtenTo.map((recipient) => ({ recipient, why }));
  const spokenOf = isReport ? toRecipients(readSentences(text), known) : [];
  const [only] = spokenOf.length === 1 ? spokenOf : [];
  return only === undefined || known.own.has(only.recipient.toLowerCase()) ? [] : [{ recipient: only.recipient, why }];
}

/** Where the header names the failed recipients, the text gives their reasons. */
function told(
  recipients: readonly Reasoned[],
  { failed }: KnownRecipients,
  isDelayed: boolean,
): readonly TextRecipient[] {
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
