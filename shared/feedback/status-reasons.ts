import type { FeedbackReason } from "./feedback.ts";

/** What a status means where the text does not say more: RFC 3463 section 3, as IANA's registry of enhanced status codes has it now. */
const BY_CODE: Readonly<Record<string, FeedbackReason>> = {
  "1.0": "userUnknown",
  "1.1": "userUnknown",
  "1.2": "hostUnknown",
  "1.3": "userUnknown",
  "1.6": "hasMoved",
  "1.7": "policy",
  "1.8": "policy",
  // RFC 7505: the domain takes no mail. Exchange has the same code for an unknown recipient, and says so in its text.
  "1.10": "hostUnknown",
  "2.1": "suspended",
  "2.2": "mailboxFull",
  "2.3": "tooLarge",
  "2.4": "systemError",
  "3.1": "systemError",
  "3.2": "systemError",
  "3.3": "systemError",
  "3.4": "tooLarge",
  "3.5": "systemError",
  "4.1": "networkError",
  "4.2": "networkError",
  "4.3": "systemError",
  "4.4": "hostUnknown",
  "4.5": "rateLimited",
  "4.6": "systemError",
  "4.7": "expired",
  "4.14": "systemError",
  "5.3": "policy",
  "6.0": "contentRejected",
  "6.1": "contentRejected",
  "6.2": "contentRejected",
  "6.3": "contentRejected",
  "6.6": "contentRejected",
  "6.7": "contentRejected",
  // RFC 7372: DKIM, SPF and both; .25 is a missing PTR record.
  "7.20": "authFailure",
  "7.21": "authFailure",
  "7.22": "authFailure",
  "7.23": "authFailure",
  "7.24": "authFailure",
  "7.25": "blocked",
  "7.26": "authFailure",
  "7.28": "rateLimited",
  // RFC 8617: ARC.
  "7.29": "authFailure",
  // Exchange Online's own: no such recipient; DNS; retried in vain; refused and timed out; DMARC; banned address.
  "1.351": "userUnknown",
  "4.300": "expired",
  "4.310": "hostUnknown",
  "4.312": "hostUnknown",
  "4.316": "networkError",
  "7.509": "authFailure",
  "7.511": "blocked",
  "7.515": "authFailure",
  "7.606": "blocked",
  "7.650": "rateLimited",
};

/** What is left says its subject only (RFC 3463 section 3). */
const BY_SUBJECT: Readonly<Record<string, FeedbackReason>> = { "3": "systemError", "7": "policy" };

/** The reason that a status names; `undefined` where it names none. */
export function reasonOfStatus(status: string | null): FeedbackReason | undefined {
  return status === null ? undefined : BY_CODE[status.slice(2)];
}

/** The reason that a status leaves to guess. */
export function reasonOfSubject(status: string | null): FeedbackReason | undefined {
  return status === null ? undefined : BY_SUBJECT[status.slice(2, 3)];
}
