import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoSuppressionTable } from "../shared/aws/dynamo-suppression-table.ts";
import { readFeedbackConfig } from "../shared/lambda/config.ts";
import { createFeedbackHandler } from "../shared/lambda/feedback-handler.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { readDeployedSuppressionFile } from "../shared/lambda/suppression-file.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemClock } from "../shared/system-clock.ts";

const config = readFeedbackConfig(process.env);
const log = jsonLog((line) => process.stdout.write(line));
const recordFeedback = createRecordFeedback({
  table: dynamoSuppressionTable(new DynamoDBClient(), config.table, systemClock),
  policy: readDeployedSuppressionFile(config).policy,
  clock: systemClock,
  log,
});

/** What SES tells of bounces reaches it by SNS, with or without SQS between, or by EventBridge. */
export const handler = lambdaHandler({ log }, createFeedbackHandler({ recordFeedback, topics: config.topics, log }));
