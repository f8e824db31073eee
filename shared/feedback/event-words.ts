import { classify } from "./classify.ts";
import type { FeedbackReason } from "./feedback.ts";

/** Subtypes of bounces whose name is the reason (SES fact 2.3.1), in lower case: SES's API spells its words in capitals. */
const OF_SUBTYPE: Readonly<Record<string, FeedbackReason>> = {
  mailboxfull: "mailboxFull",
  messagetoolarge: "tooLarge",
  contentrejected: "contentRejected",
  attachmentrejected: "contentRejected",
  customtimeoutexceeded: "expired",
  // SES did not try. The status and the text beside these are its own, and say nothing of the mailbox.
  suppressed: "undefined",
  onaccountsuppressionlist: "undefined",
  ontenantsuppressionlist: "undefined",
  unsubscribedrecipient: "undefined",
  emailvalidationsuppressed: "undefined",
};

/** Types of delays (SES fact 2.5). */
const OF_DELAY_TYPE: Readonly<Record<string, FeedbackReason>> = {
  internalfailure: "systemError",
  mailboxfull: "mailboxFull",
  spamdetected: "blocked",
  recipientservererror: "systemError",
  ipfailure: "blocked",
  transientcommunicationfailure: "networkError",
  byoiphostnamelookupunavailable: "networkError",
  sendingdeferral: "rateLimited",
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

function knownReason(words: Readonly<Record<string, FeedbackReason>>, written: string): FeedbackReason | undefined {
  const word = written.toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
