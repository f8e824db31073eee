import type { Attachment, Mailbox } from "../message/message.ts";
import type { Problem } from "../message/problems.ts";
import type { Envelope, Verdicts } from "../receipt/receipt.ts";
import type { Reason } from "../rules/reason.ts";

/**
 * How a mail ended.
 *
 * - `processed`: it was read, rules ran over it (`problems` may not be empty)
 * - `quarantined`: held back by the verdict policy, or not readable from the store
 * - `ignored`: not a mail to act on (SES's set-up object, an alert of our own)
 * - `unparsable`: nothing but its headers could be read
 * - `duplicate`: it was handled before; nothing was done again
 */
export type Outcome = "processed" | "quarantined" | "ignored" | "unparsable" | "duplicate";

/** One effect, or one that would happen: the id is stable, so that an effect is never repeated. */
export interface RecordedAction {
  readonly id: string;
  /** The rule that asked for it; `mailroom/unparsable` and the like when it was ourselves (no rule may be named so). */
  readonly rule: string;
  readonly type: "alert";
  readonly topic: string;
  readonly status: "planned" | "done" | "skipped";
}

/**
 * What we keep of one mail: seen, decided, done. It holds no clock and no randomness, so the same bytes under the
 * same rules give the same record on any machine at any time.
 */
export interface MailRecord {
  readonly v: 1;
  /** Where the mail came from: the storage key, or the path as it was given. */
  readonly source: string;
  readonly sesMessageId: string;
  readonly sha256: string;
  readonly size: number;
  readonly receivedAt: string | null;
  readonly envelope: Envelope;
  readonly verdicts: Verdicts;
  /** False when the verdicts were rebuilt from headers that anybody can have written. */
  readonly verdictsTrusted: boolean;
  /** Whether the receipt was rebuilt from the headers of the stored mail, for want of SES's event. */
  readonly rebuilt: boolean;
  readonly message: {
    readonly subject: string;
    readonly from: readonly Mailbox[];
    readonly to: readonly Mailbox[];
    readonly date: string | null;
    readonly attachments: readonly Attachment[];
  };
  readonly matches: readonly { readonly rule: string; readonly because: readonly Reason[] }[];
  readonly actions: readonly RecordedAction[];
  /** Filled when the mail is a bounce or complaint report. */
  readonly feedback: readonly never[];
  readonly outcome: Outcome;
  /** Why the mail was ignored or held back. */
  readonly why?: string;
  readonly problems: readonly Problem[];
}
