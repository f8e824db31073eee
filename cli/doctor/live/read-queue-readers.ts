import { type LambdaClient, paginateListEventSourceMappings } from "@aws-sdk/client-lambda";
import type { QueueReader } from "../checks/queue-readers.ts";

export async function readQueueReaders(
  client: LambdaClient,
  queueArn: string,
  functionArn: string,
): Promise<readonly QueueReader[]> {
  const found: QueueReader[] = [];
  const pages = paginateListEventSourceMappings({ client }, { EventSourceArn: queueArn, FunctionName: functionArn });
  for await (const { EventSourceMappings = [] } of pages)
    for (const { UUID = "", State = "", FunctionResponseTypes = [] } of EventSourceMappings)
      found.push({
        uuid: UUID,
        state: State,
        reportsFailures: FunctionResponseTypes.includes("ReportBatchItemFailures"),
      });
  return found;
}
