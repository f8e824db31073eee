import { Readable } from "node:stream";
import type { Context } from "aws-lambda";
import { createProcessMail } from "../../shared/inbound/process-mail.ts";
import { screenAll } from "../../shared/inbound/screen-mail.ts";
import { createFeedbackHandler } from "../../shared/lambda/feedback-handler.ts";
import { lambdaHandler } from "../../shared/lambda/handler.ts";
import { jsonLog } from "../../shared/lambda/log.ts";
import { createMailHandler } from "../../shared/lambda/mail-handler.ts";
import { createMeter } from "../../shared/lambda/meter.ts";
import type { AlertTopic, MailLog, MailStore, SuppressionTable } from "../../shared/ports.ts";
import { readSesEvent } from "../../shared/receipt/ses-event.ts";
import type { CompiledRules } from "../../shared/rules/compile-rules.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { memoryAlertTopic } from "../support/memory-alert-topic.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { memorySuppressionTable } from "../support/memory-suppression-table.ts";

// The functions as functions/ puts them together, but in one process and on ports that forget.

export const BUCKET = "acme-inbound-444455556666";

export interface Ports {
  readonly store: MailStore;
  readonly alerts: AlertTopic;
  readonly mailLog: MailLog;
  readonly table: SuppressionTable;
}

/** A store with one mail under every key. */
function storeOf(raw: Uint8Array): MailStore {
  return {
    open: async (key) => ({ key, size: raw.length, body: Readable.from([Buffer.from(raw)]) }),
    put: async () => {},
    remove: async () => {},
    async *list() {},
  };
}

export function portsOf(raw: Uint8Array, changes: Partial<Ports> = {}): Ports {
  return {
    store: storeOf(raw),
    alerts: memoryAlertTopic(),
    mailLog: memoryMailLog(),
    table: memorySuppressionTable(),
    ...changes,
  };
}

export type FunctionName = "process-mail" | "record-bounce" | "screen-mail";

const clock = { now: () => "2026-11-24T08:00:00.000Z" };

/**
 * Runs one function over one event.
 *
 * @returns all that is in CloudWatch afterwards: our lines, and what Lambda writes of an error or answers
 */
export async function logOf(
  name: FunctionName,
  event: unknown,
  { store, alerts, mailLog, table }: Ports,
  rules: () => CompiledRules,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const log = jsonLog(write);
  const meter = createMeter({ stage: "prod", clock, write });
  const recordFeedback = meter.reports(createRecordFeedback({ table, clock, policy: DEFAULT_POLICY, log }));
  const run = { clock, sleep: async () => {}, newRunId: () => "run" };
  const functions = {
    "process-mail": () => {
      const trust = { allow: [] };
      const processMail = createProcessMail({
        ...run,
        store,
        alerts,
        mailLog,
        rules: async () => rules(),
        trust,
        recordFeedback,
        log,
        onWorked: meter.mail,
      });
      const at = { bucket: BUCKET, keyPrefix: "inbound/", topics: undefined };
      return lambdaHandler<unknown>({ log }, createMailHandler({ processMail, ...at, log }));
    },
    "record-bounce": () =>
      lambdaHandler<unknown>({ log }, createFeedbackHandler({ recordFeedback, topics: undefined, log })),
    "screen-mail": () =>
      lambdaHandler<unknown>({ log, answerOnFailure: { disposition: "CONTINUE" } }, async (sesEvent) => ({
        disposition: screenAll(readSesEvent(sesEvent), rules().policy),
      })),
  };
  const context = { awsRequestId: "0b1c2d3e-0000-4000-8000-000000000002", getRemainingTimeInMillis: () => 30_000 };
  const answer = await functions[name]()(event, context as Context).then(JSON.stringify, asLambdaLogsIt);
  return [...lines, answer];
}

/** Lambda's runtime writes all that is enumerable of an error, its message and its stack. */
function asLambdaLogsIt(thrown: unknown): string {
  return JSON.stringify(thrown, (_key, value: unknown) =>
    value instanceof Error ? { ...value, name: value.name, message: value.message, stack: value.stack } : value,
  );
}
