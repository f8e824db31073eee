import type { Message } from "../message/message.ts";
import { classify } from "./classify.ts";
import type { Feedback, SentMail, Via } from "./feedback.ts";
import { returnedHeader, sentMail, sesId } from "./sent-mail.ts";
import type { ReportedRecipient } from "./standard-report.ts";

/** What every entry of one report by e-mail has in common. */
interface MailReport {
  readonly id: string;
  readonly at: string | null;
  readonly via: Via;
  readonly trusted: false;
  readonly mail: SentMail;
}

export function reportOf(message: Message, via: Via): MailReport {
  return { id: reportId(message), at: message.date, via, trusted: false, mail: sentMail(returnedHeader(message)) };
}

/**
 * SES's own report has its feedback id as Message-ID, so that a bounce told by notification and by mail is one. Any other mail is
 * known by its bytes.
 */
function reportId(message: Message): string {
  const isSes = message.from.some(({ address }) => /[@.]amazonses\.com$/i.test(address));
  const feedbackId = isSes ? sesId(message.messageIdHeader?.slice(1, -1)) : undefined;
  return feedbackId ?? `mail-${message.sha256.slice(0, 40)}`;
}

/** Puts what a mail reports about each recipient into our words. */
export function toFeedback(recipients: readonly ReportedRecipient[], message: Message): readonly Feedback[] {
  const report = reportOf(message, "dsn");
  return recipients.map((reported) => ofRecipient(reported, report));
}

function ofRecipient(reported: ReportedRecipient, report: MailReport): Feedback {
  const { recipient, action, diagnosticCode, reportingMta } = reported;
  const { status, bounceType, bounceSubType, reason } = classify(reported);
  const at = reported.at ?? report.at;
  const told = { ...report, recipient, at, action, status, diagnosticCode, reportingMta };
  if (action === "failed") return { kind: "bounce", ...told, bounceType, bounceSubType, reason };
  if (action === "delayed")
    return { kind: "delay", ...told, delayType: null, reason, expiresAt: reported.retriedUntil };
  return { kind: "delivery", ...told };
}
