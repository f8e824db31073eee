import type { Log } from "../ports.ts";
import type { Claim } from "./claim-mail.ts";
import type { MailRecord } from "./record.ts";
import type { Worked } from "./work-on-mail.ts";

/** What came of one announcement of a mail. */
export interface WorkedMail {
  readonly record: MailRecord;
  /** Ids of the alerts that went out now; the record tells also of those that had gone out before. */
  readonly published: readonly string[];
  /** Why something that the mail calls for did not happen. It is tried again. */
  readonly failure?: unknown;
}

/** @param claim as it was before the work */
export function workedMail({ entry }: Claim, { record, failure }: Pick<Worked, "record" | "failure">): WorkedMail {
  const before = new Set(entry.done);
  const done = record.actions.filter(({ id, status }) => status === "done" && !before.has(id));
  return { record, published: done.map(({ id }) => id), failure };
}

/** The log line of a mail. */
export function logMail(record: MailRecord, log: Log): void {
  log.info("mail processed", {
    sesMessageId: record.sesMessageId,
    outcome: record.outcome,
    why: record.why,
    size: record.size,
    rules: record.matches.map(({ rule }) => rule),
    reports: record.feedback.map(({ kind, trusted }) => (trusted ? kind : `${kind}, not believed`)),
    problems: record.problems.map(({ code }) => code),
  });
}
