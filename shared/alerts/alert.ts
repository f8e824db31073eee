import type { Mailbox } from "../message/message.ts";
import type { Envelope, Verdicts } from "../receipt/receipt.ts";
import type { Reason } from "../rules/reason.ts";
import type { Severity } from "../rules/rules-file.ts";

/** What a subscriber is told about one match: a rule of the user's, or (`mailroom/…`) a word to the operator. */
export interface Alert {
  readonly v: 1;
  /** Stable: the same mail and rule give the same id, so a subscriber can drop a second delivery. 32 hex digits. */
  readonly id: string;
  /** Ids of the alerts that led to this one, the newest first; empty for one about a mail that bears no mark. See `LoopMark`. */
  readonly after: readonly string[];
  /** By what the alert is known again when it comes back as a mail: 32 hex digits, which nobody can tell from its id once the mail log has made them. */
  readonly mark: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly tags: readonly string[];
  /** The topic's short name; the configuration says which topic that is. */
  readonly topic: string;
  readonly sesMessageId: string;
  readonly receivedAt: string | null;
  readonly envelope: Envelope;
  readonly from: readonly Mailbox[];
  readonly subject: string;
  readonly because: readonly Reason[];
  readonly verdicts: Verdicts;
  readonly verdictsTrusted: boolean;
  /** Sentences that a person must read before believing the mail; empty when all is well. */
  readonly warnings: readonly string[];
  /** Where the raw mail lies: its storage key. */
  readonly raw: string;
  readonly sha256: string;
  readonly size: number;
}
