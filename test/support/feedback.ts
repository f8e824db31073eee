import type { Bounce, Complaint, Delay, Delivery, SentMail } from "../../shared/feedback/feedback.ts";

export const sentMail: SentMail = {
  messageId: "0102019a1f00beef-5d6e7f80-1111-4222-8333-abcdefabcdef-000000",
  messageIdHeader: null,
  sentAt: "2026-11-21T07:41:17.205Z",
  source: "alerts@acme.example",
  tags: {},
};

const report = {
  id: "0102019a1f00c0de-1b2c3d4e-aaaa-4bbb-8ccc-0123456789ab-000000",
  recipient: "gone@partner.example",
  at: "2026-11-21T07:41:19.000Z",
  via: "notification",
  trusted: true,
  mail: sentMail,
} as const;

const noStatus = { action: null, status: null, diagnosticCode: null, reportingMta: null };

/** A hard bounce that SES told, but for what a test is about. */
export function bounceOf(parts: Partial<Bounce> = {}): Bounce {
  return {
    kind: "bounce",
    ...report,
    action: "failed",
    status: "5.1.1",
    diagnosticCode: "smtp; 550 5.1.1 user unknown",
    reportingMta: "dns; b224-9.smtp-out.eu-west-1.amazonses.com",
    bounceType: "Permanent",
    bounceSubType: "General",
    reason: "userUnknown",
    ...parts,
  };
}

/** A complaint that names one recipient. */
export function complaintOf(parts: Partial<Complaint> = {}): Complaint {
  return {
    kind: "complaint",
    ...report,
    feedbackType: "abuse",
    complaintSubType: null,
    candidates: 1,
    userAgent: null,
    arrivedAt: null,
    ...parts,
  };
}

export function delayOf(parts: Partial<Delay> = {}): Delay {
  return {
    kind: "delay",
    ...report,
    ...noStatus,
    delayType: "MailboxFull",
    reason: "mailboxFull",
    expiresAt: null,
    ...parts,
  };
}

export function deliveryOf(parts: Partial<Delivery> = {}): Delivery {
  return { kind: "delivery", ...report, ...noStatus, ...parts };
}
