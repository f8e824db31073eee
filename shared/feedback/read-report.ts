import type { Message } from "../message/message.ts";
import { readComplaints } from "./complaints.ts";
import type { Feedback } from "./feedback.ts";
import { toFeedback } from "./mail-feedback.ts";
import { isAutoReply, isFromMailSystem } from "./mail-system.ts";
import { readMailedNotification } from "./mailed-notification.ts";
import { MAX_CARRIED, MAX_REPORTED_RECIPIENTS } from "./report-limits.ts";
import { type ReportedRecipient, readStandardReport } from "./standard-report.ts";
import { readTextReport } from "./text-reports/read-text-report.ts";

/**
 * Reads what a mail reports about mails of ours: bounces, complaints, delays and deliveries, one entry a recipient.
 *
 * What a machine sends and is no report gives nothing: answers of absent people (RFC 3834), receipts of reading (RFC 8098). None
 * is trusted: a mail can be written by anybody. Never throws, whatever the mail holds.
 */
export function readReport(message: Message): readonly Feedback[] {
  return eachOnce(readCarried(message, 0)).slice(0, MAX_REPORTED_RECIPIENTS);
}

function readCarried(message: Message, depth: number): readonly Feedback[] {
  const complaints = readComplaints(message);
  if (complaints !== undefined) return complaints;
  const standard = readStandardReport(message);
  if (standard.length > 0) return toFeedback(standard, message);
  const notified = readMailedNotification(message);
  if (notified.length > 0) return notified;
  if (message.report === "disposition-notification" || isAutoReply(message)) return [];
  const said = readTextReport(message);
  return said.length > 0 ? toFeedback(said.map(fromText), message) : readInside(message, depth);
}

/**
 * A report that a server sends on in a mail of its own. Forwarded by a person, it is no report to us; and where the mail around it is
 * a report itself, the one inside is the mail that was returned.
 */
function readInside(message: Message, depth: number): readonly Feedback[] {
  if (!isFromMailSystem(message) || depth >= MAX_CARRIED) return [];
  const inside = message.nested.filter(isReport).flatMap((nested) => readCarried(nested, depth + 1));
  return inside.map((report) => ({ ...report, carried: true }));
}

function isReport({ report }: Message): boolean {
  return report === "delivery-status" || report === "feedback-report";
}

function fromText(said: ReturnType<typeof readTextReport>[number]): ReportedRecipient {
  return { ...said, text: "", at: null, retriedUntil: null };
}

/** A recipient that is named twice is one. */
function eachOnce(feedback: readonly Feedback[]): readonly Feedback[] {
  return [
    ...new Map(
      [...feedback].reverse().map((report) => [`${report.kind} ${report.recipient.toLowerCase()}`, report] as const),
    ).values(),
  ].reverse();
}
