import { expect, onTestFinished, test } from "vitest";
import { sqsDeadLetters } from "../../shared/aws/sqs-dead-letters.ts";
import { deadLettersContract } from "../contracts/dead-letters.ts";
import { startFakeSqs } from "../support/fake-sqs.ts";

const QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/dead";

async function start() {
  const sqs = await startFakeSqs("dead");
  return { sqs, letters: sqsDeadLetters(sqs.client({ maxAttempts: 1 }), QUEUE) };
}

deadLettersContract("SQS over the wire", async () => {
  const { sqs, letters } = await start();
  return { letters, send: (body) => sqs.send("dead", body), close: sqs.close };
});

test("a letter that nobody gives back comes back by itself within five minutes; its last handle counts", async () => {
  const { sqs, letters } = await start();
  onTestFinished(sqs.close);
  sqs.send("dead", "a");
  const [first] = await letters.take(10);
  sqs.now += 300_000;
  const [second] = await letters.take(10);
  expect(second).toMatchObject({ id: first?.id, receiveCount: 2 });
  if (second !== undefined) await letters.remove(second);
  expect(sqs.queues.get("dead")).toEqual([]);
});

test("errors of SQS pass through as they are", async () => {
  const { sqs, letters } = await start();
  onTestFinished(sqs.close);
  sqs.queues.clear();
  await expect(letters.take(10)).rejects.toMatchObject({ name: "QueueDoesNotExist" });
});
