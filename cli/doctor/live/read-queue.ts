import { GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { WaitingQueue } from "../checks/queues.ts";

/** @param what what waits in it */
export async function readQueue(client: SQSClient, url: string, what: string): Promise<WaitingQueue> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "MessageRetentionPeriod",
      ],
    }),
  );
  const number = (name: keyof NonNullable<typeof Attributes>) => Number(Attributes?.[name] ?? 0);
  const visible = number("ApproximateNumberOfMessages");
  return {
    what,
    waiting: visible + number("ApproximateNumberOfMessagesNotVisible"),
    oldest: visible === 0 ? undefined : await oldestSeen(client, url),
    keptFor: number("MessageRetentionPeriod"),
  };
}

/** When the oldest came of a few that SQS shows. They stay where they are, and visible. Whoever may not look at them is told how many wait. */
async function oldestSeen(client: SQSClient, url: string): Promise<string | undefined> {
  try {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    const times = Messages.map(({ Attributes }) => Number(Attributes?.SentTimestamp)).filter(Number.isFinite);
    return times.length === 0 ? undefined : new Date(Math.min(...times)).toISOString();
  } catch (error) {
    if (error instanceof Error && /AccessDenied/.test(error.name)) return undefined;
    throw error;
  }
}
