import type { Alert } from "../alerts/alert.ts";
import type { KnownAlerts } from "../alerts/loop-mark.ts";
import type { Feedback } from "../feedback/feedback.ts";
import { type PrintedFeedback, printedFeedback } from "../feedback/printed-feedback.ts";
import type { Attachment, Mailbox, Message } from "../message/message.ts";
import type { Problem } from "../message/problems.ts";
import type { Envelope, Receipt, Verdicts } from "../receipt/receipt.ts";
import type { Match } from "../rules/match-rules.ts";
import type { Reason } from "../rules/reason.ts";

/**
 * How a mail ended.
 *
 * - `processed`: it was read, rules ran over it (`problems` may not be empty)
 * - `quarantined`: held back by the verdict policy, or not readable from the store (no rule ran over it); or held back as part of a loop
 * - `ignored`: not a mail to act on (SES's set-up object, an alert of our own)
 * - `unparsable`: nothing but its headers could be read; or it is larger than is read, or no mail at all
 * - `duplicate`: it was handled before; nothing was done again
 */
export type Outcome = "processed" | "quarantined" | "ignored" | "unparsable" | "duplicate";

/**
 * One effect, or one that would happen: the id is stable, so that an effect is never repeated.
 *
 * - `planned`: it has not happened: a dry run, or it failed
 * - `done`: it happened, now or in an earlier run; `matches` need not name its rule any more
 * - `skipped`: it happened before, says a `duplicate`
 */
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
  /** Of the raw bytes; empty when they could not be read, or not all of them. */
  readonly sha256: string;
  /** Bytes; 0 when nothing could be read. */
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
  /** Which rules were asked (`CompiledRules.version`); `null` when none were, because the mail could not be read. */
  readonly rulesVersion: string | null;
  readonly matches: readonly { readonly rule: string; readonly because: readonly Reason[] }[];
  readonly actions: readonly RecordedAction[];
  /** What the mail tells of mails of ours, if it is a bounce, a complaint or the like. */
  readonly feedback: readonly PrintedFeedback[];
  readonly outcome: Outcome;
  /** Why the mail was ignored or held back. */
  readonly why?: string;
  readonly problems: readonly Problem[];
}

/** A mail that was read, with what is known of its arrival. */
export interface ReadMail {
  readonly message: Message;
  readonly receipt: Receipt;
  /** Which of the alerts that it bears marks of are ours. Missing when the mail log was not asked: then none is known to be. */
  readonly knownAlerts?: KnownAlerts | undefined;
}

/** What a record holds of a mail itself. */
export type RecordedMessage = Pick<
  Message,
  "subject" | "from" | "to" | "date" | "attachments" | "size" | "sha256" | "problems" | "nested"
>;

/** How a mail ends, and what is to happen about it. */
export interface Decision {
  readonly outcome: Outcome;
  readonly why?: string;
  readonly matches: readonly Match[];
  readonly alerts: readonly Alert[];
  readonly feedback: readonly Feedback[];
  /** What the rules did not see of the mail. */
  readonly problems: readonly Problem[];
}

/** The record of a mail of which nothing has been done yet. Its keys and their order are those of `replay --json`. */
export function toRecord(
  { message, receipt }: { readonly message: RecordedMessage; readonly receipt: Receipt },
  decision: Decision,
  rulesVersion: string | null,
): MailRecord {
  const { subject, from, to, date, attachments } = message;
  return {
    v: 1,
    source: receipt.storageKey,
    sesMessageId: receipt.sesMessageId,
    sha256: message.sha256,
    size: message.size,
    receivedAt: receipt.receivedAt,
    envelope: receipt.envelope,
    verdicts: receipt.verdicts,
    verdictsTrusted: receipt.verdictsTrusted,
    rebuilt: receipt.origin === "rebuilt",
    message: { subject, from, to, date, attachments },
    rulesVersion,
    matches: decision.matches.map(({ rule, because }) => ({ rule: rule.name, because })),
    actions: decision.alerts.map(({ id, rule, topic }) => ({ id, rule, type: "alert", topic, status: "planned" })),
    feedback: decision.feedback.map(printedFeedback),
    outcome: decision.outcome,
    ...(decision.why === undefined ? {} : { why: decision.why }),
    problems: [...problemsOf(message), ...decision.problems],
  };
}

/** What could not be read of a mail, and of the messages attached to it, each kind once. */
function problemsOf(message: Pick<Message, "problems" | "nested">): readonly Problem[] {
  const found = new Map(message.problems.map((own) => [own.code, own]));
  for (const { code, message: sentence } of message.nested.flatMap(problemsOf)) {
    if (!found.has(code))
      found.set(code, { code, message: sentence.replace(/(?: \(in an attached message\))?$/, IN_NESTED) });
  }
  return [...found.values()];
}

const IN_NESTED = " (in an attached message)";
