/**
 * What a report says went wrong, in our words; each is described in docs/feedback.md. `undefined` is a word too: the report does
 * not say, or says what nobody knows.
 */
export const FEEDBACK_REASONS = [
  "userUnknown",
  "hasMoved",
  "hostUnknown",
  "mailboxFull",
  "suspended",
  "filtered",
  "blocked",
  "policy",
  "authFailure",
  "rateLimited",
  "contentRejected",
  "virusDetected",
  "tooLarge",
  "expired",
  "networkError",
  "systemError",
  "undefined",
] as const;
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

/** SES's three kinds of bounces (SES fact 2.3). */
export const BOUNCE_TYPES = ["Permanent", "Transient", "Undetermined"] as const;
export type BounceType = (typeof BOUNCE_TYPES)[number];

/** How a report reached us: SES's notification or event (SES fact 2.1), or a mail: RFC 3464 and all like it, RFC 5965. */
export type Via = "notification" | "event" | "dsn" | "arf";

/** The mail of ours that a report is about, as far as the report says. */
export interface SentMail {
  /** The id that SES gave when it took the mail; not the Message-ID header. */
  readonly messageId: string | null;
  /** With its angle brackets. */
  readonly messageIdHeader: string | null;
  /** ISO 8601 in UTC. */
  readonly sentAt: string | null;
  /** The envelope sender, without display name and brackets. */
  readonly source: string | null;
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

interface Report {
  /**
   * The same for every copy of a report, whatever way it comes, and different for different reports about one mail: SES's `feedbackId`, or
   * what the report has in its place. Unique together with `kind` and `recipient`.
   */
  readonly id: string;
  /** As reported, without display name and brackets, its spelling kept. */
  readonly recipient: string;
  /** When the reporting side made the report: ISO 8601 in UTC with milliseconds. `null` when it does not say. */
  readonly at: string | null;
  readonly via: Via;
  /** Whether it may have consequences. A mail that anybody can have written is kept as evidence and has none. */
  readonly trusted: boolean;
  /** Told by a report inside the mail that came. Who sent the mail does not vouch for it. */
  readonly carried?: true;
  readonly mail: SentMail;
}

/** What a server said about the delivery. */
interface DeliveryStatus {
  /** RFC 3464 section 2.3.3, lower case: failed, delayed, delivered, relayed, expanded. */
  readonly action: string | null;
  /** RFC 3463: `5.1.1`. */
  readonly status: string | null;
  /** As reported: `smtp; 550 5.1.1 user unknown`. */
  readonly diagnosticCode: string | null;
  readonly reportingMta: string | null;
}

/** A mail was not delivered. */
export interface Bounce extends Report, DeliveryStatus {
  readonly kind: "bounce";
  readonly bounceType: BounceType;
  /** SES's word (SES fact 2.3.1), also where a report by e-mail had to be put into it. Newer words are kept as they are. */
  readonly bounceSubType: string;
  readonly reason: FeedbackReason;
}

/** A person said that a mail is unwanted, or (feedback type `not-spam`) that it is wanted. */
export interface Complaint extends Report {
  readonly kind: "complaint";
  /** RFC 5965 section 3.1, lower case: abuse, fraud, virus, not-spam, other, auth-failure, … */
  readonly feedbackType: string | null;
  readonly complaintSubType: string | null;
  /** How many recipients the report names; with more than one nobody knows who of them complained (SES fact 2.4). */
  readonly candidates: number;
  readonly userAgent: string | null;
  /** When the mail reached the complaining side. ISO 8601 in UTC. */
  readonly arrivedAt: string | null;
}

/** A mail is not delivered yet, and is still being tried. */
export interface Delay extends Report, DeliveryStatus {
  readonly kind: "delay";
  /** SES's word (SES fact 2.5). */
  readonly delayType: string | null;
  readonly reason: FeedbackReason;
  /** Until when it is tried. ISO 8601 in UTC. */
  readonly expiresAt: string | null;
}

/** A mail was delivered, or handed on (RFC 3464: delivered, relayed, expanded). */
export interface Delivery extends Report, DeliveryStatus {
  readonly kind: "delivery";
}

/** One report about one recipient. */
export type Feedback = Bounce | Complaint | Delay | Delivery;
