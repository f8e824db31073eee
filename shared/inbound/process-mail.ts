import type { TrustPolicy } from "../feedback/trust-policy.ts";
import type { AlertTopic, Log, MailLog, MailStore } from "../ports.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { type ActPorts, act } from "./act.ts";
import { evaluateMail } from "./evaluate-mail.ts";
import type { MailRecord } from "./record.ts";

export interface ProcessMailPorts {
  readonly store: MailStore;
  readonly alerts: AlertTopic;
  readonly mailLog?: MailLog;
  readonly recordFeedback?: ActPorts["recordFeedback"];
  readonly log: Log;
  readonly rules: CompiledRules;
  readonly trust: TrustPolicy;
}

/**
 * The inbound story: open the stored mail, read it, decide, take in what it reports, publish, record.
 *
 * The returned use case rejects when the store, the topic or the mail log fails, and may then be called again with the
 * same receipt.
 */
export function createProcessMail(ports: ProcessMailPorts): (receipt: Receipt) => Promise<MailRecord> {
  return async (receipt) => {
    const { body } = await ports.store.open(receipt.storageKey);
    const { record, failure } = await act(await evaluateMail({ raw: body, receipt }, ports.rules, ports.trust), ports);
    if (failure !== undefined) throw failure;
    ports.log.info("mail processed", {
      sesMessageId: record.sesMessageId,
      outcome: record.outcome,
      size: record.size,
      rules: record.matches.map(({ rule }) => rule),
      reports: record.feedback.map(({ kind, trusted }) => (trusted ? kind : `${kind}, not believed`)),
      problems: record.problems.map(({ code }) => code),
    });
    return record;
  };
}
