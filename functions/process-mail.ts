import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { dynamoMailLog } from "../shared/aws/dynamo-mail-log.ts";
import { dynamoSuppressionTable } from "../shared/aws/dynamo-suppression-table.ts";
import { kmsDataKeys } from "../shared/aws/kms-data-keys.ts";
import { s3MailStore } from "../shared/aws/s3-mail-store.ts";
import { snsAlertTopic } from "../shared/aws/sns-alert-topic.ts";
import { createProcessMail } from "../shared/inbound/process-mail.ts";
import { readProcessMailConfig } from "../shared/lambda/config.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { createMailHandler } from "../shared/lambda/mail-handler.ts";
import { readDeployedRules } from "../shared/lambda/rules.ts";
import { readDeployedSuppressionFile } from "../shared/lambda/suppression-file.ts";
import { compileRules } from "../shared/rules/compile-rules.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemRun } from "../shared/system-run.ts";

const config = readProcessMailConfig(process.env);
const { mailBucket: bucket, mailPrefix: keyPrefix, mailTopics: topics, recordDays: keepDays } = config;
const log = jsonLog((line) => process.stdout.write(line));
const dynamo = new DynamoDBClient();
const { policy, trust } = readDeployedSuppressionFile(config);
const processMail = createProcessMail({
  ...systemRun,
  store: s3MailStore(new S3Client(), bucket, { keys: kmsDataKeys(new KMSClient()) }),
  alerts: snsAlertTopic(new SNSClient(), config.topics),
  mailLog: dynamoMailLog(dynamo, config.mailTable, { keepDays }),
  rules: compileRules(readDeployedRules(config.rulesFile, config.topics)),
  trust,
  recordFeedback: config.suppressionTable === undefined ? undefined : recordFeedbackIn(config.suppressionTable),
  log,
});

function recordFeedbackIn(tableName: string) {
  const { clock } = systemRun;
  return createRecordFeedback({ table: dynamoSuppressionTable(dynamo, tableName, clock), clock, policy, log });
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
