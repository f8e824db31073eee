import type { Mailbox } from "../message/message.ts";
import { VERDICT_NAMES } from "../receipt/receipt.ts";
import { isTextReason, type Reason } from "../rules/reason.ts";
import { plainLine, quotedLine } from "../text/plain-line.ts";
import type { Alert } from "./alert.ts";
import { OPERATOR_FIELD } from "./compose-alert.ts";
import { afterLines, alertMark } from "./loop-mark.ts";

/** UTF-16 units. A line that is much longer wraps, and a wrapped line can look like one of ours. */
const WIDTH = { rule: 100, word: 100, name: 80, address: 254, subject: 250, excerpt: 250, key: 1024, id: 100 };
/** What a person reads in ten seconds. */
const SHOWN = { reasons: 5, recipients: 5, senders: 3, warnings: 10 };

/**
 * An alert as a person reads it: what matched and how bad, warnings first, then why, who, and where the mail is.
 *
 * Everything that comes from the mail stands quoted, on a line that we began: a mail cannot add a line of its own.
 * The first line ends with the mark by which `isOurAlert` knows the alert when it comes back as a mail.
 */
export function composeEmail(alert: Alert): string {
  return [
    `[${alert.severity}] ${plainLine(alert.rule, WIDTH.rule)}${alertMark(plainLine(alert.mark, WIDTH.id))}`,
    ...afterLines(alert.after),
    "",
    ...warningLines(alert.warnings),
    ...lines("Why", alert.because, SHOWN.reasons, reasonText),
    ...(isAboutMail(alert) ? mailLines(alert) : []),
    "",
  ].join("\n");
}

/** Everything that arrives has an id; what Mailroom says of itself is about nothing that did. */
function isAboutMail({ sesMessageId }: Alert): boolean {
  return sesMessageId !== "";
}

function mailLines(alert: Alert): string[] {
  return [
    ...lines("From", alert.from, SHOWN.senders, mailboxText),
    `Sent by:   ${alert.envelope.mailFrom ? quotedLine(alert.envelope.mailFrom, WIDTH.address) : "nobody (a bounce, or another automatic mail)"}`,
    ...lines("To", alert.envelope.recipients, SHOWN.recipients, (recipient) => quotedLine(recipient, WIDTH.address)),
    `Subject:   ${quotedLine(alert.subject, WIDTH.subject)}`,
    `Received:  ${alert.receivedAt === null ? "not known" : plainLine(alert.receivedAt, WIDTH.word)}`,
    `Verdicts:  ${verdictsText(alert)}`,
    "",
    `Raw mail:  ${quotedLine(alert.raw, WIDTH.key)}, ${alert.size} bytes`,
    `SES id:    ${plainLine(alert.sesMessageId, WIDTH.id)}`,
  ];
}

function warningLines(warnings: readonly string[]): string[] {
  if (warnings.length === 0) return [];
  return [...warnings.slice(0, SHOWN.warnings).map((warning) => `WARNING: ${plainLine(warning, WIDTH.excerpt)}`), ""];
}

/** One line an item, each with its label, and one that says how many were left out. */
function lines<Item>(label: string, items: readonly Item[], shown: number, text: (item: Item) => string): string[] {
  const start = `${label}:`.padEnd(11);
  const told = items.slice(0, shown).map((item) => start + text(item));
  return items.length > shown ? [...told, `${start}and ${items.length - shown} more`] : told;
}

function mailboxText({ name, address }: Mailbox): string {
  const shownAddress = quotedLine(address, WIDTH.address);
  return name === "" ? shownAddress : `${shownAddress} (name given: ${quotedLine(name, WIDTH.name)})`;
}

function reasonText(reason: Reason): string {
  const field = plainLine(reason.field, WIDTH.word);
  if (!isTextReason(reason)) {
    if (field === OPERATOR_FIELD) return plainLine(reason.value, 2 * WIDTH.excerpt);
    return `${field} is ${quotedLine(reason.value, WIDTH.excerpt)} (the rule asks for ${quotedLine(reason.condition, WIDTH.word)})`;
  }
  const { keyword, pattern, where, hidden, excerpt } = reason;
  const found =
    keyword === undefined
      ? `pattern ${quotedLine(pattern ?? "", WIDTH.word)}`
      : `keyword ${quotedLine(keyword, WIDTH.word)}`;
  const place = where === undefined ? field : plainLine(where, WIDTH.word);
  return `${found} in ${place}${hidden ? ", hidden from the reader" : ""}: ${quotedLine(excerpt, WIDTH.excerpt)}`;
}

function verdictsText({ verdicts, verdictsTrusted }: Alert): string {
  const told = VERDICT_NAMES.map((name) => `${name} ${verdicts[name] ?? "none"}`).join(", ");
  return verdictsTrusted ? told : `${told} (from the mail's own headers, may be forged)`;
}
