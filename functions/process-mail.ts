import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { dynamoSuppressionTable } from "../shared/aws/dynamo-suppression-table.ts";
import { s3MailStore } from "../shared/aws/s3-mail-store.ts";
import { snsAlertTopic } from "../shared/aws/sns-alert-topic.ts";
import { createProcessMail } from "../shared/inbound/process-mail.ts";
import { readProcessMailConfig } from "../shared/lambda/config.ts";
import { forEachRecord } from "../shared/lambda/for-each-record.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { readDeployedRules } from "../shared/lambda/rules.ts";
import { readDeployedSuppressionFile } from "../shared/lambda/suppression-file.ts";
import { readSesEvent } from "../shared/receipt/ses-event.ts";
import { compileRules } from "../shared/rules/compile-rules.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemClock } from "../shared/system-clock.ts";

const config = readProcessMailConfig(process.env);
const log = jsonLog((line) => process.stdout.write(line));
const { policy, trust } = readDeployedSuppressionFile(config);
const processMail = createProcessMail({
  store: s3MailStore(new S3Client(), config.mailBucket),
  alerts: snsAlertTopic(new SNSClient(), config.topics),
  rules: compileRules(readDeployedRules(config.rulesFile, config.topics)),
  trust,
  recordFeedback: config.suppressionTable === undefined ? undefined : recordFeedbackIn(config.suppressionTable),
  log,
});

function recordFeedbackIn(tableName: string) {
  return createRecordFeedback({
    table: dynamoSuppressionTable(new DynamoDBClient(), tableName),
    clock: systemClock,
    policy,
    log,
  });
}

/** Runs after the receipt rule's S3 action, so the raw mail is already stored under its SES message id. */
export const handler = lambdaHandler({ log }, async (event) => {
  await forEachRecord(readSesEvent(event, config.mailPrefix), processMail);
});
