import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoSuppressionTable } from "../shared/aws/dynamo-suppression-table.ts";
import { readFeedbackConfig } from "../shared/lambda/config.ts";
import { createFeedbackHandler } from "../shared/lambda/feedback-handler.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { createMeter } from "../shared/lambda/meter.ts";
import { readDeployedSuppressionFile } from "../shared/lambda/suppression-file.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemClock as clock } from "../shared/system-clock.ts";

const config = readFeedbackConfig(process.env, import.meta.dirname);
const write = (line: string) => process.stdout.write(line);
const log = jsonLog(write);
const meter = createMeter({ stage: config.stage, clock, write });
const recordFeedback = createRecordFeedback({
  table: dynamoSuppressionTable(new DynamoDBClient(), config.table, clock),
  policy: readDeployedSuppressionFile(config).policy,
  clock,
  log,
});
const ports = { recordFeedback: meter.reports(recordFeedback), topics: config.topics, log };

/** What SES tells of bounces reaches it by SNS, with or without SQS between, or by EventBridge. */
export const handler = lambdaHandler({ log }, createFeedbackHandler(ports));
