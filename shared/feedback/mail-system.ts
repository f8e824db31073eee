import type { Message } from "../message/message.ts";
import { hasReportSubject } from "./report-subject.ts";

/** Local parts that mail servers write their reports from; people and mailing lists do not have them. */
const SYSTEM_SENDER =
  /^(?:mailer-?daemon|mail-?daemon|postmaster|poostmaster|post_office|mail[._-]?delivery(?:[._-](?:system|subsystem|service))?|mdaemon|mailsystem|mail[._-]system|bounces?|double-bounce|microsoftexchange[\da-f]{20,40})$/i;

/** How their display names are: `Mail Delivery Subsystem`, `Mail Administrator`. */
const SYSTEM_NAME =
  /\b(?:mail(?:er)?[ -]?(?:delivery|deliver|daemon|administrator|system)|postmaster|delivery (?:sub)?system|system administrator|internet mail delivery|microsoft (?:outlook|exchange))\b/i;

/** An answer of a person's mailbox says so in its subject; it counts only together with a sign that a machine wrote it. */
const AWAY_SUBJECT =
  /^(?:auto(?:matic)?[ -]?(?:reply|response|answer)|auto:|out of (?:the )?office|away from|on vacation|vacation|abwesen|automatische antwort|réponse automatique|respuesta automática|risposta automatica|absence|自動(?:返信|応答)|不在)/iu;

function hasField(message: Message, name: string): boolean {
  return message.rawHeaders.some((field) => field.name === name);
}

/** Whether a mail server wrote it, by what it says of itself. Anybody can write that too: it decides how a mail is read, never that it is believed. */
export function isFromMailSystem(message: Message): boolean {
  const written = message.rawHeaders.find(({ name }) => name === "return-path")?.value;
  const returnPath = written?.trim().replace(/^<|>$/g, "");
  return returnPath === "" || /^mailer-daemon(?:@|$)/i.test(returnPath ?? "") || namesMailSystem(message);
}

/**
 * Whether it names a mail server as its writer, in From or in what only they add. The empty envelope sender alone does not: cron
 * jobs, monitors and help desks send from it too.
 */
export function namesMailSystem(message: Message): boolean {
  return (
    hasField(message, "x-failed-recipients") || message.from.some(isSystem) || message.report === "delivery-status"
  );
}

/** Whether a mailing list sent it on (RFC 2369, RFC 2919). */
export function isFromList(message: Message): boolean {
  return ["list-id", "list-post", "list-unsubscribe"].some((name) => hasField(message, name));
}

function isSystem({ name, address }: { readonly name: string; readonly address: string }): boolean {
  const local = address.includes("@") ? address.slice(0, address.lastIndexOf("@")) : address || name;
  return SYSTEM_SENDER.test(local) || SYSTEM_NAME.test(name);
}

/**
 * Whether it is the answer of a mailbox whose owner is away (RFC 3834), and no report.
 *
 * Mail servers write `Auto-Submitted: auto-replied` into their reports too, as RFC 3834 section 5 wants, and vacation
 * programs send from the empty envelope sender, as RFC 3834 section 3.3 wants: who it is from tells them apart.
 */
export function isAutoReply(message: Message): boolean {
  if (hasField(message, "x-failed-recipients") || message.from.some(isSystem)) return false;
  if (hasReportSubject(message)) return false;
  return message.report === "auto-reply" || (AWAY_SUBJECT.test(message.subject.trim()) && isFromMailSystem(message));
}
