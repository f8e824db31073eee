import type { Message } from "../message/message.ts";
import { type Action, type RecipientStatus, readDeliveryStatus } from "./delivery-status.ts";
import { isFromMailSystem } from "./mail-system.ts";
import { readReportedAddress } from "./report-address.ts";
import { fieldValue } from "./report-fields.ts";
import { MAX_HUMAN, MAX_REPORTED_RECIPIENTS, MAX_SEARCHED } from "./report-limits.ts";
import { returnedHeader } from "./sent-mail.ts";
import { chooseStatus, classOf, isGeneric } from "./status-code.ts";
import { reasonOfText } from "./text-reasons.ts";
import { readTextReport } from "./text-reports/read-text-report.ts";
import type { TextRecipient } from "./text-reports/text-recipient.ts";

/** What a report says about one recipient, from whichever of its parts. */
export interface ReportedRecipient {
  readonly recipient: string;
  readonly action: Action;
  readonly status: string | null;
  readonly diagnosticCode: string | null;
  readonly reportingMta: string | null;
  /** What the report says to people, for what the fields leave open. */
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly at: string | null;
  readonly retriedUntil: string | null;
}

const STATUS_TYPE = /^message\/(?:global-)?delivery-status$/;

/**
 * Reads the delivery-status parts of a report (RFC 3464), or the same fields where they came as text.
 *
 * What they leave open (a recipient who is no address, no diagnostic code) is taken from what the report says to people.
 *
 * @returns nothing for a mail that has no such fields, or names nobody
 */
export function readStandardReport(message: Message): readonly ReportedRecipient[] {
  const groups = statusGroups(message).slice(0, MAX_REPORTED_RECIPIENTS);
  if (groups.length === 0) return [];
  const said = groups.some(isOpen) ? readTextReport(message) : [];
  const byRecipient = new Map(said.map((each) => [each.recipient.toLowerCase(), each]));
  const only = groups.length === 1 ? { message, match: said[0] } : undefined;
  return groups.flatMap((group) => complete(group, byRecipient.get(group.recipient?.toLowerCase() ?? ""), only));
}

function statusGroups(message: Message): readonly RecipientStatus[] {
  const parts = message.reportParts.filter(({ contentType }) => STATUS_TYPE.test(contentType));
  if (parts.length > 0) return parts.flatMap(({ text }) => readDeliveryStatus(text));
  const text = message.text.slice(0, MAX_SEARCHED);
  if (!isFromMailSystem(message) || !/^(?:final|original)-recipient[ \t]*:/im.test(text)) return [];
  return readDeliveryStatus(text).filter(
    ({ recipient, action, status }) => recipient !== null && (action ?? status) !== null,
  );
}

/** Whether the text may know more than the fields. */
function isOpen({ recipient, diagnosticCode, status }: RecipientStatus): boolean {
  const chosen = chooseStatus(status, diagnosticCode);
  return recipient === null || diagnosticCode === null || chosen === null || isGeneric(chosen);
}

/** In a report of one recipient, all that the mail says is about them. */
interface Only {
  readonly message: Message;
  readonly match: TextRecipient | undefined;
}

function complete(
  group: RecipientStatus,
  named: TextRecipient | undefined,
  only: Only | undefined,
): readonly ReportedRecipient[] {
  const match = named ?? only?.match;
  const recipient = group.recipient ?? match?.recipient ?? (only && namedElsewhere(only.message));
  if (recipient === undefined) return [];
  return [
    {
      recipient,
      action: group.action ?? match?.action ?? actionOf(group),
      status: betterStatus(group, match),
      diagnosticCode: group.diagnosticCode ?? answerIn(match),
      reportingMta: group.reportingMta ?? match?.reportingMta ?? null,
      text: [group.status, match?.diagnosticCode, only && humanText(only.message)].join(" "),
      at: group.lastAttemptAt,
      retriedUntil: group.retriedUntil,
    },
  ];
}

/** RFC 3464 section 2.3.3 wants an action; where it is missing, the class of the status tells a success from a failure. */
function actionOf({ status, retriedUntil }: RecipientStatus): Action {
  if (/^\s*2\.\d/.test(status ?? "")) return "delivered";
  return retriedUntil === null ? "failed" : "delayed";
}

/** What the text says about a recipient may be an answer, or only what stood below their address. */
function answerIn(match: TextRecipient | undefined): string | null {
  const said = match?.diagnosticCode ?? "";
  return chooseStatus(null, said) !== null || reasonOfText(said) !== undefined ? said : null;
}

/** Up to the signature, where content scanners speak of viruses that they did not find. */
function humanText({ text }: Message): string {
  const cut = text.slice(0, MAX_HUMAN);
  const signature = cut.search(/^-- ?$/m);
  return signature === -1 ? cut : cut.slice(0, signature);
}

/** The text's status counts where the fields have none, or only the class of the same error. */
function betterStatus(group: RecipientStatus, match: TextRecipient | undefined): string | null {
  const stated = chooseStatus(group.status, group.diagnosticCode);
  const told = match === undefined ? null : chooseStatus(match.status, match.diagnosticCode);
  if (stated === null || told === null) return stated ?? told;
  return isGeneric(stated) && classOf(stated) === classOf(told) ? told : stated;
}

/** The one recipient that the rest of the mail names: Exim's and Gmail's own field, else the original's To. */
function namedElsewhere(message: Message): string | undefined {
  const written = [fieldValue(message.rawHeaders, "x-failed-recipients"), fieldValue(returnedHeader(message), "to")];
  return written.flatMap((value) => readReportedAddress(value ?? "") ?? [])[0]?.address;
}
