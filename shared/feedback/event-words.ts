import { classify } from "./classify.ts";
import type { FeedbackReason } from "./feedback.ts";

/** Subtypes of bounces whose name is the reason (SES fact 2.3.1). */
const OF_SUBTYPE: Readonly<Record<string, FeedbackReason>> = {
  MailboxFull: "mailboxFull",
  MessageTooLarge: "tooLarge",
  ContentRejected: "contentRejected",
  AttachmentRejected: "contentRejected",
  CustomTimeoutExceeded: "expired",
  // SES did not try. The status and the text beside these are its own, and say nothing of the mailbox.
  Suppressed: "undefined",
  OnAccountSuppressionList: "undefined",
  OnTenantSuppressionList: "undefined",
  UnsubscribedRecipient: "undefined",
  EmailValidationSuppressed: "undefined",
};

/** Types of delays (SES fact 2.5). */
const OF_DELAY_TYPE: Readonly<Record<string, FeedbackReason>> = {
  InternalFailure: "systemError",
  MailboxFull: "mailboxFull",
  SpamDetected: "blocked",
  RecipientServerError: "systemError",
  IPFailure: "blocked",
  TransientCommunicationFailure: "networkError",
  BYOIPHostNameLookupUnavailable: "networkError",
  SendingDeferral: "rateLimited",
};

interface Said {
  readonly status: string | null;
  readonly diagnosticCode: string | null;
}

export function reasonOfBounce(bounceSubType: string, said: Said): FeedbackReason {
  return knownReason(OF_SUBTYPE, bounceSubType) ?? classify(said).reason;
}

export function reasonOfDelay(delayType: string | null, said: Said): FeedbackReason {
  return knownReason(OF_DELAY_TYPE, delayType ?? "") ?? classify(said).reason;
}

function knownReason(words: Readonly<Record<string, FeedbackReason>>, word: string): FeedbackReason | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
