import type { FeedbackReason } from "../feedback/feedback.ts";
import type { SuppressionReason } from "./suppression.ts";

/**
 * What a bounce does to its address: suppress it at once, count towards a suppression, count half, or nothing but to be kept as
 * evidence.
 */
export const BOUNCE_EFFECTS = ["suppress", "count", "countHalf", "none"] as const;
export type BounceEffect = (typeof BOUNCE_EFFECTS)[number];

/** Which evidence suppresses an address, and for how long. */
export interface SuppressionPolicy {
  /** By `bounceType/bounceSubType` of SES; `bounceType/*` for subtypes that are not named (SES fact 2.3.1). */
  readonly bounces: Readonly<Record<string, BounceEffect>>;
  /** Bounces for these reasons do nothing, whatever their type: they speak of our mail, not of the mailbox. */
  readonly harmlessReasons: readonly FeedbackReason[];
  /** Bounces for these reasons do not count as soft ones: they speak of the way to the mailbox, not of it. */
  readonly uncountedReasons: readonly FeedbackReason[];
  /** Whether a Transient bounce that says `550 5.1.1` is taken for the permanent one that it is. */
  readonly mislabelled: boolean;
  /** How many permanent bounces suppress; in probation one does. */
  readonly permanentBounces: number;
  /** So many counted bounces within so many days, with no delivery between them, suppress. */
  readonly repeatedBounces: { readonly bounces: number; readonly days: number };
  /** A mailbox that is full for so many days, with no delivery between, suppresses. */
  readonly mailboxFullDays: number;
  /** How many complaints that name several recipients suppress each of them. */
  readonly ambiguousComplaints: number;
  /** Days after which a suppression ends, by reason; `null`: never. */
  readonly expiryDays: Readonly<Record<SuppressionReason, number | null>>;
}

/** Explained row by row in docs/feedback.md. */
export const DEFAULT_POLICY: SuppressionPolicy = {
  bounces: {
    "Permanent/General": "suppress",
    "Permanent/NoEmail": "suppress",
    "Permanent/Suppressed": "suppress",
    "Permanent/OnAccountSuppressionList": "suppress",
    "Permanent/OnTenantSuppressionList": "suppress",
    "Permanent/EmailValidationSuppressed": "suppress",
    "Permanent/UnsubscribedRecipient": "none",
    "Permanent/*": "none",
    "Transient/General": "count",
    "Transient/MailboxFull": "count",
    "Transient/CustomTimeoutExceeded": "count",
    "Transient/MessageTooLarge": "none",
    "Transient/ContentRejected": "none",
    "Transient/AttachmentRejected": "none",
    "Transient/*": "count",
    "Undetermined/*": "countHalf",
  },
  harmlessReasons: ["contentRejected", "virusDetected", "tooLarge", "authFailure"],
  uncountedReasons: ["blocked", "policy", "rateLimited", "networkError", "systemError"],
  mislabelled: true,
  permanentBounces: 1,
  repeatedBounces: { bounces: 5, days: 14 },
  mailboxFullDays: 30,
  ambiguousComplaints: 2,
  expiryDays: {
    complaint: null,
    manual: null,
    bounce: null,
    accountList: null,
    tenantList: null,
    // SES keeps an address on its global list for 14 days at most (SES fact 3.1).
    globalList: 14,
    emailValidation: 90,
    repeatedBounces: 90,
    mailboxFull: 90,
  },
};
