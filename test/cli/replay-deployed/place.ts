import { onTestFinished, vi } from "vitest";
import { dynamoMailLog } from "../../../shared/aws/dynamo-mail-log.ts";
import { dynamoSuppressionTable } from "../../../shared/aws/dynamo-suppression-table.ts";
import { s3MailStore } from "../../../shared/aws/s3-mail-store.ts";
import { snsAlertTopic } from "../../../shared/aws/sns-alert-topic.ts";
import type { MailEntry } from "../../../shared/inbound/mail-entry.ts";
import { createProcessMail } from "../../../shared/inbound/process-mail.ts";
import type { MailRecord } from "../../../shared/inbound/record.ts";
import type { Arrival } from "../../../shared/receipt/arrival.ts";
import type { Receipt } from "../../../shared/receipt/receipt.ts";
import { compileRules } from "../../../shared/rules/compile-rules.ts";
import { readRules } from "../../../shared/rules/read-rules.ts";
import { DEFAULT_POLICY } from "../../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../../shared/suppression/record-feedback.ts";
import { systemRun } from "../../../shared/system-run.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { entryOf } from "../../support/entries.ts";
import { startFakeCloudFormation } from "../../support/fake-cloudformation.ts";
import { startFakeS3 } from "../../support/fake-s3.ts";
import { startFakeSns } from "../../support/fake-sns.ts";
import { startLocalDynamo } from "../../support/local-dynamo.ts";
import { memoryLog } from "../../support/memory-log.ts";
import { receiptOf } from "../../support/receipts.ts";
import { mailroomProcess } from "../mailroom-process.ts";
import { type Outcome, objects, run } from "../run-mailroom.ts";
import { mail } from "../small-mail.ts";

export const RULES = `rules:
  - { name: outage, when: { keywords: [outage] }, alert: { topic: oncall } }
  - { name: sales, when: { recipient: "sales@mail.acme.example" } }
`;

const RULES_OBJECT = `${OUTPUTS.ConfigBucket}/rules.yml`;

/** The id of a mail, as SES would give it. */
export const idOf = (name: string) => `${name}${"0".repeat(40)}`.slice(0, 40);
export const keyOf = (name: string) => `mail/${idOf(name)}`;
export const sourceOf = (name: string) => `s3://${OUTPUTS.MailBucket}/${keyOf(name)}`;

/** What SES says of a mail. */
export function receiptFor(name: string, parts: Partial<Receipt> = {}): Receipt {
  return receiptOf({ sesMessageId: idOf(name), storageKey: keyOf(name), ...parts });
}

/** How it announces the mail. */
export function announced(name: string, parts: Partial<Receipt> = {}): Arrival {
  return { sesMessageId: idOf(name), storageKey: keyOf(name), receipt: receiptFor(name, parts), content: undefined };
}

/** The entry of a mail that was announced and not handled: nobody holds it, and nothing was done. */
export function openEntry(name: string, parts: Partial<MailEntry> = {}): MailEntry {
  return entryOf({ key: idOf(name), receipt: receiptFor(name), lease: null, done: [], record: null, ...parts });
}

/** Each mail with its outcome, and what became of its alerts. */
export function told(outcome: Pick<Outcome, "stdout">): string[] {
  return (objects(outcome) as unknown as MailRecord[]).map(({ sesMessageId, outcome, actions }) =>
    [sesMessageId.replace(/0+$/, ""), outcome, ...actions.map(({ rule, status }) => `${rule} ${status}`)].join(" "),
  );
}

/** A deployment of stage prod, and the command, with the real SDK, on it. */
export async function startPlace(outputs: Readonly<Record<string, string>> = {}) {
  const [s3, sns, dynamo] = await Promise.all([
    startFakeS3(),
    startFakeSns(),
    startLocalDynamo(OUTPUTS.SuppressionTable, OUTPUTS.MailTable),
  ]);
  const topics = Object.fromEntries(["default", "operator", "oncall"].map((name) => [name, sns.createTopic(name)]));
  const AlertTopics = Object.entries(topics)
    .map((pair) => pair.join("="))
    .join(",");
  const cloudFormation = await startFakeCloudFormation({ "mailroom-prod": { ...OUTPUTS, AlertTopics, ...outputs } });
  const env = {
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await Promise.all([s3, sns, dynamo, cloudFormation].map((service) => service.close()));
  });
  s3.objects.set(RULES_OBJECT, Buffer.from(RULES));

  const mailLog = dynamoMailLog(dynamo.client, OUTPUTS.MailTable);
  const table = dynamoSuppressionTable(dynamo.client, OUTPUTS.SuppressionTable, systemRun.clock);
  const log = memoryLog();
  const processMail = createProcessMail({
    ...systemRun,
    store: s3MailStore(s3.client(), OUTPUTS.MailBucket),
    alerts: snsAlertTopic(sns.client(), topics),
    mailLog,
    rules: async () => compileRules(readRules(RULES, "rules.yml")),
    trust: { allow: [] },
    recordFeedback: createRecordFeedback({ table, clock: systemRun.clock, policy: DEFAULT_POLICY, log }),
    log,
  });

  return {
    s3,
    sns,
    dynamo,
    mailLog,
    table,
    env,
    /** Stores a mail as SES does; its subject is "outage" unless told. */
    store(name: string, raw: string | Uint8Array = mail("outage"), storedAt?: string): void {
      s3.objects.set(`${OUTPUTS.MailBucket}/${keyOf(name)}`, Buffer.from(raw as string));
      if (storedAt !== undefined) s3.storedAt.set(`${OUTPUTS.MailBucket}/${keyOf(name)}`, storedAt);
    },
    putRules: (yaml: string) => s3.objects.set(RULES_OBJECT, Buffer.from(yaml)),
    /** A run of process-mail, with the rules that there were at first. */
    lambda: (arrival: Arrival) => processMail(arrival),
    /** The rules whose alerts were published, each with the id of its mail. */
    sent: () =>
      sns.published.map(({ bodies }) => {
        const { rule, sesMessageId } = JSON.parse(bodies["default"] ?? "") as { rule: string; sesMessageId: string };
        return `${rule} ${sesMessageId.replace(/0+$/, "")}`;
      }),
    replay: (...words: readonly string[]) => run("replay", "--stage", "prod", ...words),
    replayInProcess: (folder: string | undefined, ...words: readonly string[]) =>
      mailroomProcess(["replay", "--stage", "prod", ...words], env, folder),
  };
}
