import { operatorAlert } from "../alerts/compose-alert.ts";
import { MailAccessDeniedError, MailEncryptedError, MailNotFoundError, MailUndecryptableError } from "../errors.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { Evaluation } from "./decide.ts";
import { type Decision, type RecordedMessage, toRecord } from "./record.ts";

/** Why an announced mail cannot be read from its store. */
export interface Unreadable {
  /** For the record: short, and the same for every mail of which it is true. */
  readonly why: string;
  /** For the operator: what happened and what to do. Nothing of the mail's content. */
  readonly sentence: string;
  /** Whether waiting may help: the mail is late, or somebody can put it right. */
  readonly mayComeYet: boolean;
}

const AFTERWARDS = "Then replay it.";

const MISSING: Unreadable = {
  why: "it is not in the mail store",
  sentence: `A mail was announced and is not in the mail store. Either it was taken away since, or the receipt rule stores it elsewhere than where it is looked for (bucket, prefix), or the rule's S3 action stands behind the one that calls us. Please put that right. ${AFTERWARDS}`,
  mayComeYet: true,
};

const DENIED: Unreadable = {
  why: "reading it from the mail store is denied",
  sentence: "A mail was announced and reading it is denied.",
  mayComeYet: true,
};

const ENCRYPTED: Unreadable = {
  why: "SES encrypted it, and its key may not be used",
  sentence: `A mail was encrypted by SES with the KMS key of the receipt rule's S3 action, and that key may not be used to read it. Please allow the role kms:Decrypt on the key and see that it is enabled, or take the key out of the rule, which lets S3 encrypt the mails that come from then on. ${AFTERWARDS}`,
  mayComeYet: true,
};

const UNDECRYPTABLE: Unreadable = {
  why: "SES encrypted it, and it cannot be decrypted",
  sentence:
    "A mail was encrypted by SES and cannot be decrypted: the object was damaged or changed, is too large, or is in a form that is not known. It is kept as it is; if its bucket has versions, an earlier one may be whole. Please ask its sender to send it again.",
  mayComeYet: false,
};

/**
 * What an error of the store says about the one mail that was asked for.
 *
 * @returns `undefined` when the store itself failed: then nothing is known of the mail, and it is to be asked for again
 */
export function unreadableMail(error: unknown): Unreadable | undefined {
  if (error instanceof MailNotFoundError) return MISSING;
  if (error instanceof MailAccessDeniedError)
    return { ...DENIED, sentence: `${DENIED.sentence} ${error.why}. Please put that right. ${AFTERWARDS}` };
  if (error instanceof MailEncryptedError) return ENCRYPTED;
  if (error instanceof MailUndecryptableError)
    return { ...UNDECRYPTABLE, sentence: `${UNDECRYPTABLE.sentence} What was found: ${error.why}.` };
  return undefined;
}

const NOTHING_READ: RecordedMessage = {
  subject: "",
  from: [],
  to: [],
  date: null,
  attachments: [],
  size: 0,
  sha256: "",
  problems: [],
  nested: [],
};

/** Of a mail that cannot be read there is a record all the same, with what its announcement said, and the operator is told. */
export function evaluateUnreadable(receipt: Receipt, { why, sentence }: Unreadable): Evaluation {
  const alert = operatorAlert({ rule: "mailroom/unreadable", severity: "error", sentence }, { receipt });
  const decision: Decision = {
    outcome: "quarantined",
    why,
    matches: [],
    alerts: [alert],
    feedback: [],
    problems: [],
  };
  const record = toRecord({ message: NOTHING_READ, receipt }, decision, null);
  return { record, alerts: decision.alerts, feedback: decision.feedback };
}
