import { readTimestamp } from "../receipt/timestamp.ts";
import { classify } from "./classify.ts";
import { reportId } from "./event-id.ts";
import type { BounceReport, ComplaintReport, DelayReport, DeliveryReport, MailOfReport } from "./event-schema.ts";
import { reasonOfBounce, reasonOfDelay } from "./event-words.ts";
import type { Delay, Delivery, Feedback, SentMail, Via } from "./feedback.ts";
import { readReportedAddress } from "./report-address.ts";

/** What the event says beside the report itself. */
export interface EventContext {
  readonly via: Via;
  readonly mail: MailOfReport;
}

/** One bounce a recipient; those who are only late, or have the mail after all, are told beside them (SES fact 2.3). */
export function bounceFeedback(bounce: BounceReport, context: EventContext): readonly Feedback[] {
  const { bounceType, reportingMTA } = bounce;
  const id = reportId(bounce.feedbackId, [context.mail.messageId, bounce]);
  const bounceSubType = bounce.bounceSubType ?? (bounceType === "Undetermined" ? "Undetermined" : "General");
  return eachOnce(
    bounce.bouncedRecipients.map(({ emailAddress, ...told }) => {
      const report = reportOf(id, emailAddress, bounce.timestamp, context);
      const said = { ...statusOf(told), reportingMta: reportingMTA };
      const action = told.action?.trim().toLowerCase() || null;
      if (action === "delayed") return delay({ ...report, ...said, action }, null, null);
      if (action === "delivered" || action === "relayed" || action === "expanded")
        return { kind: "delivery", ...report, ...said, action };
      const reason = reasonOfBounce(bounceSubType, said);
      return { kind: "bounce", ...report, ...said, action, bounceType, bounceSubType, reason };
    }),
  );
}

/** One complaint for each who may have complained; nobody knows who of several it was (SES fact 2.4). */
export function complaintFeedback(complaint: ComplaintReport, context: EventContext): readonly Feedback[] {
  const id = reportId(complaint.feedbackId, [context.mail.messageId, complaint]);
  const complaints = eachOnce(
    complaint.complainedRecipients.map(({ emailAddress }) => ({
      kind: "complaint" as const,
      ...reportOf(id, emailAddress, complaint.timestamp, context),
      feedbackType: complaint.complaintFeedbackType?.trim().toLowerCase() || null,
      complaintSubType: complaint.complaintSubType,
      candidates: 1,
      userAgent: complaint.userAgent,
      arrivedAt: timeOf(complaint.arrivalDate),
    })),
  );
  const candidates = new Set(
    complaint.complainedRecipients.map((each) => bareAddress(each.emailAddress).toLowerCase()),
  );
  return complaints.map((each) => ({ ...each, candidates: candidates.size }));
}

/** A mail can be late more than once, so that the time is part of the id: SES gives none. */
export function delayFeedback(report: DelayReport, context: EventContext): readonly Feedback[] {
  const [messageId, at] = [context.mail.messageId, timeOf(report.timestamp)];
  const id = reportId(messageId && at ? `${messageId}/${at}` : null, [messageId, report]);
  return eachOnce(
    report.delayedRecipients.map(({ emailAddress, ...told }) =>
      delay(
        {
          ...reportOf(id, emailAddress, report.timestamp, context),
          ...statusOf(told),
          action: null,
          reportingMta: report.reportingMTA,
        },
        report.delayType,
        timeOf(report.expirationTime),
      ),
    ),
  );
}

/** A mail is delivered once, so that its own id is enough: SES gives none. */
export function deliveryFeedback(report: DeliveryReport, context: EventContext): readonly Feedback[] {
  const { messageId } = context.mail;
  const id = reportId(messageId, [messageId, report]);
  return eachOnce(
    report.recipients.map((emailAddress) => ({
      kind: "delivery" as const,
      ...reportOf(id, emailAddress, report.timestamp, context),
      action: null,
      status: null,
      diagnosticCode: report.smtpResponse,
      reportingMta: report.reportingMTA,
    })),
  );
}

function delay(report: Omit<Delivery, "kind">, delayType: string | null, expiresAt: string | null): Delay {
  return { kind: "delay", ...report, delayType, reason: reasonOfDelay(delayType, report), expiresAt };
}

function reportOf(id: string, emailAddress: string, timestamp: string | null, context: EventContext) {
  const { via, mail } = context;
  const recipient = bareAddress(emailAddress);
  return { id, recipient, at: timeOf(timestamp), via, trusted: true, mail: sentMail(mail) };
}

/**
 * The address without display name and brackets, which real events have (SES fact 2.3). What is no address stays as it is: the
 * others of the same report must not wait for it.
 */
function bareAddress(emailAddress: string): string {
  // What stands before a semicolon is no address type here, as it is in a delivery-status part.
  if (emailAddress.includes(";") && !/^\s*rfc822\s*;/i.test(emailAddress)) return emailAddress.trim();
  return readReportedAddress(emailAddress)?.address ?? emailAddress.trim();
}

/** The status that tells the truth, and what it was read from. */
function statusOf({ status, diagnosticCode }: { status: string | null; diagnosticCode: string | null }) {
  return { diagnosticCode, status: classify({ status, diagnosticCode }).status };
}

function sentMail({ messageId, timestamp, source, headers, commonHeaders, tags }: MailOfReport): SentMail {
  const named = headers.find(({ name }) => name.toLowerCase() === "message-id")?.value ?? commonHeaders.messageId ?? "";
  return {
    messageId,
    // The common headers may name SES's id there, which has no brackets.
    messageIdHeader: /<[^<>\s]{1,998}>/.exec(named)?.[0] ?? null,
    sentAt: timeOf(timestamp),
    source: source ? bareAddress(source) : null,
    tags,
  };
}

/** Characters: longer than every form that SES writes. */
const MAX_TIME_LENGTH = 64;

/** One sample of SES's documentation has a space before the zone: `2018-10-08T14:05:45 +0000`. */
function timeOf(timestamp: string | null): string | null {
  if (timestamp === null || timestamp.length > MAX_TIME_LENGTH) return null;
  return readTimestamp(timestamp.replace(/ (?=[+-]\d)/, ""));
}

/** A recipient that is named twice is one, and the first naming counts; one that is empty is nobody. */
function eachOnce<Each extends Feedback>(feedback: readonly Each[]): readonly Each[] {
  const first = new Map<string, Each>();
  for (const each of feedback) {
    if (each.recipient === "") continue;
    const key = `${each.kind} ${each.recipient.toLowerCase()}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}
