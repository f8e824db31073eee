import { SNSClient } from "@aws-sdk/client-sns";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { snsAlertTopic } from "../../shared/aws/sns-alert-topic.ts";
import type { SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { systemRun } from "../../shared/system-run.ts";
import type { Deployment } from "../deployment/outputs.ts";
import { SILENT_LOG } from "../silent-log.ts";
import type { Desk } from "./desk.ts";
import type { SendPorts } from "./run.ts";

/** What process-mail of a deployment works with: its topics, its mail log, its suppression table. */
export function effectsOf(
  { Region: region, AlertTopics, SuppressionTable }: Deployment,
  { ports, dynamo }: Desk,
  policy: SuppressionPolicy,
): SendPorts {
  const { clock } = systemRun;
  const table = dynamoSuppressionTable(dynamo, SuppressionTable, clock);
  return {
    ...ports,
    ...systemRun,
    alerts: snsAlertTopic(new SNSClient({ region }), AlertTopics),
    recordFeedback: createRecordFeedback({ table, clock, policy, log: SILENT_LOG }),
  };
}
