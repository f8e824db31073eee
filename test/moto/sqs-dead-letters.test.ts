import { randomUUID } from "node:crypto";
import { CreateQueueCommand, DeleteQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { sqsDeadLetters } from "../../shared/aws/sqs-dead-letters.ts";
import { deadLettersContract } from "../contracts/dead-letters.ts";
import { MOTO } from "./endpoint.ts";

deadLettersContract("SQS of moto", async () => {
  const client = new SQSClient(MOTO);
  const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: `dead-${randomUUID()}` }));
  return {
    letters: sqsDeadLetters(client, QueueUrl),
    send: (MessageBody) => client.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    async close() {
      await client.send(new DeleteQueueCommand({ QueueUrl }));
      client.destroy();
    },
  };
});
