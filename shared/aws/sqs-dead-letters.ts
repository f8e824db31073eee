import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  MessageNotInflight,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { DeadLetter, DeadLetters } from "../ports.ts";

/** Seconds for which a letter that was taken is hidden: longer than a run over a few thousand, not so long that one which died is in the way. */
const HIDDEN = 300;

/** Seconds of a look into the queue. With none, SQS asks only some of its servers, and a short queue may seem empty. */
const WAIT = 1;

/** A dead-letter queue of SQS, by its URL. Errors of the SDK pass through as they are. */
export function sqsDeadLetters(client: SQSClient, queue: string): DeadLetters {
  return {
    async depth() {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queue,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      return {
        waiting: Number(Attributes["ApproximateNumberOfMessages"] ?? 0),
        taken: Number(Attributes["ApproximateNumberOfMessagesNotVisible"] ?? 0),
      };
    },

    async take(limit) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queue,
          MaxNumberOfMessages: limit,
          VisibilityTimeout: HIDDEN,
          WaitTimeSeconds: WAIT,
          MessageSystemAttributeNames: ["SentTimestamp", "ApproximateReceiveCount"],
        }),
      );
      return Messages.map(toLetter);
    },

    async remove({ handle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: handle }));
    },

    async giveBack({ handle }) {
      const change = { QueueUrl: queue, ReceiptHandle: handle, VisibilityTimeout: 0 };
      try {
        await client.send(new ChangeMessageVisibilityCommand(change));
      } catch (error) {
        if (!(error instanceof MessageNotInflight)) throw error;
      }
    },
  };
}

function toLetter({ MessageId = "", Body = "", ReceiptHandle = "", Attributes = {} }: Message): DeadLetter {
  const sent = Attributes.SentTimestamp;
  return {
    id: MessageId,
    body: Body,
    sentAt: sent === undefined ? null : new Date(Number(sent)).toISOString(),
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? 1),
    handle: ReceiptHandle,
  };
}
