import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { dynamoMailLog } from "../shared/aws/dynamo-mail-log.ts";
import { dynamoSuppressionTable } from "../shared/aws/dynamo-suppression-table.ts";
import { kmsDataKeys } from "../shared/aws/kms-data-keys.ts";
import { s3MailStore } from "../shared/aws/s3-mail-store.ts";
import { s3RulesSource } from "../shared/aws/s3-rules-source.ts";
import { snsAlertTopic } from "../shared/aws/sns-alert-topic.ts";
import { traceAlerts } from "../shared/inbound/alert-trace.ts";
import { createProcessMail } from "../shared/inbound/process-mail.ts";
import { brokenRulesAlert } from "../shared/lambda/broken-rules.ts";
import { readProcessMailConfig } from "../shared/lambda/config.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { createMailHandler } from "../shared/lambda/mail-handler.ts";
import { createMeter } from "../shared/lambda/meter.ts";
import { rulesInForce } from "../shared/lambda/rules-in-force.ts";
import { readDeployedSuppressionFile } from "../shared/lambda/suppression-file.ts";
import { compileRules } from "../shared/rules/compile-rules.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemRun } from "../shared/system-run.ts";

const config = readProcessMailConfig(process.env, import.meta.dirname);
const { mailBucket: bucket, mailPrefix: keyPrefix, mailTopics: topics, recordDays: keepDays } = config;
const { clock } = systemRun;
const write = (line: string) => process.stdout.write(line);
const log = jsonLog(write);
const meter = createMeter({ stage: config.stage, clock, write });
const dynamo = new DynamoDBClient();
const s3 = new S3Client();
const alerts = snsAlertTopic(new SNSClient(), config.topics);
const mailLog = dynamoMailLog(dynamo, config.mailTable, { keepDays });
const { policy, trust } = readDeployedSuppressionFile(config);
const rules = rulesInForce(config, {
  openSource: async (configBucket) => s3RulesSource(configBucket, { client: s3 }),
  prepare: compileRules,
  clock,
  log,
  onBroken: meter.brokenRules,
  tellOperator: async (broken) =>
    alerts.publish(await traceAlerts([brokenRulesAlert(broken)], 1, { ...systemRun, mailLog })),
});
const processMail = createProcessMail({
  ...systemRun,
  store: s3MailStore(s3, bucket, { keys: kmsDataKeys(new KMSClient()) }),
  alerts,
  mailLog,
  rules,
  trust,
  recordFeedback: config.suppressionTable === undefined ? undefined : recordFeedbackIn(config.suppressionTable),
  log,
  onWorked: meter.mail,
});

function recordFeedbackIn(tableName: string) {
  const table = dynamoSuppressionTable(dynamo, tableName, clock);
  return meter.reports(createRecordFeedback({ table, clock, policy, log }));
}

/** Milliseconds that a claim outlasts the run: a run that Lambda has ended acts no more, but clocks differ. */
const CLOCK_MARGIN = 5_000;

/** Takes every announcement of a mail; after the receipt rule's S3 action, so the raw mail is already stored. */
export const handler = lambdaHandler({ log }, (event, context) => {
  const run = () => ({ leaseMs: context.getRemainingTimeInMillis() + CLOCK_MARGIN, request: context.awsRequestId });
  return createMailHandler({
    processMail: (arrival) => processMail(arrival, run()),
    bucket,
    keyPrefix,
    topics,
    log,
  })(event);
});
