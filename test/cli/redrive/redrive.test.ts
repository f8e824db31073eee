import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { startFakeCloudFormation } from "../../support/fake-cloudformation.ts";
import { startFakeLambda } from "../../support/fake-lambda.ts";
import { type FakeSqs, startFakeSqs } from "../../support/fake-sqs.ts";
import { sesEvent } from "../../support/ses-events.ts";
import { mailroomProcess } from "../mailroom-process.ts";
import { objects, run } from "../run-mailroom.ts";
import { bounce, failedEvent, fromTopic, SENT_ID } from "./letters.ts";

const MAILROOM = new URL("../../../cli/mailroom.ts", import.meta.url).pathname;
const [BOUNCES, COMPLAINTS, MAIL] = [
  "mailroom-prod-bounces-dead",
  "mailroom-prod-complaints-dead",
  "mailroom-prod-unprocessed-mail",
];
const ID = "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j81";
const BOUNCE = fromTopic(OUTPUTS.BounceTopic, bounce("ann@partner.example", "ben@partner.example"));

// Each run is a process of its own.
vi.setConfig({ testTimeout: 30_000 });

async function start(outputs: Readonly<Record<string, string>> = OUTPUTS) {
  const [stack, sqs, lambda] = await Promise.all([
    startFakeCloudFormation({ "mailroom-prod": outputs }),
    startFakeSqs(BOUNCES, COMPLAINTS, MAIL, "mailroom-prod-bounces", "mailroom-prod-complaints"),
    startFakeLambda(),
  ]);
  for (const service of [stack, sqs, lambda]) onTestFinished(() => service.close());
  const env = {
    AWS_ENDPOINT_URL_CLOUDFORMATION: stack.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
    AWS_MAX_ATTEMPTS: "1",
  };
  const redrive = (...words: readonly string[]) => mailroomProcess(["redrive", "--stage", "prod", ...words], env);
  return { sqs, lambda, env, redrive };
}

/** What is in a queue and can be taken. */
function bodies(sqs: FakeSqs, queue: string): readonly string[] {
  const messages = sqs.queues.get(queue) ?? [];
  return messages.filter(({ hiddenUntil }) => hiddenUntil <= sqs.now).map(({ body }) => body);
}

test("a dry run explains each message, and leaves all where it is", async () => {
  const { sqs, lambda, redrive } = await start();
  sqs.send(BOUNCES, BOUNCE);
  sqs.send(MAIL, failedEvent(sesEvent()));
  sqs.send(MAIL, "hello");
  const { status, stdout, stderr } = await redrive();
  expect(stdout).toBe(
    [
      `to be replayed  bounces     bounce about 2 recipients of mail ${SENT_ID}`,
      "                            sent 2026-11-24 08:00 UTC",
      `to be replayed  mail        mail ${ID}`,
      "                            sent 2026-11-24 08:00 UTC; failed 3 times (RetriesExhausted): Error: no connection",
      "left            mail        unknown (event: expected what announces a mail, from SES or S3, got a string of 5 characters)",
      "                            sent 2026-11-24 08:00 UTC",
      "",
    ].join("\n"),
  );
  expect(stderr).toBe(
    [
      "bounces: about 1 message that mailroom-prod-record-bounce could not handle",
      "complaints: nothing waits",
      "mail: about 2 messages that mailroom-prod-process-mail could not handle",
      "        2  to be replayed",
      "        1  left: it holds no event that the function could be called with",
      'Why they failed, where it is not told: look for "record failed" in /aws/lambda/mailroom-prod-record-bounce',
      "Dry run: nothing was replayed or deleted. --apply has all of it handled again.",
      "",
    ].join("\n"),
  );
  expect([status, lambda.invoked]).toEqual([0, []]);
  expect([BOUNCES, MAIL].map((queue) => bodies(sqs, queue).length)).toEqual([1, 2]);
});

test("--apply sends feedback back to its queue, gives process-mail its events again, and empties the dead-letter queues", async () => {
  const { sqs, lambda, redrive } = await start();
  const complaint = fromTopic(OUTPUTS.ComplaintTopic, { eventType: "Later" });
  sqs.send(BOUNCES, BOUNCE);
  sqs.send(COMPLAINTS, complaint);
  sqs.send(MAIL, failedEvent(sesEvent()));
  sqs.send(MAIL, JSON.stringify(sesEvent({ mail: { messageId: "second" } })));
  sqs.send(MAIL, "hello");
  const result = await redrive("--apply", "--json");
  expect(objects(result).map(({ queue, status }) => `${queue} ${status}`)).toEqual([
    "bounces replayed",
    "complaints replayed",
    "mail replayed",
    "mail replayed",
    "mail left",
  ]);
  expect(bodies(sqs, "mailroom-prod-bounces")).toEqual([BOUNCE]);
  expect(bodies(sqs, "mailroom-prod-complaints")).toEqual([complaint]);
  // Both are on their way at once.
  expect(new Set(lambda.invoked)).toEqual(
    new Set([
      { name: OUTPUTS.ProcessMailFunction, event: sesEvent() },
      { name: OUTPUTS.ProcessMailFunction, event: sesEvent({ mail: { messageId: "second" } }) },
    ]),
  );
  expect([BOUNCES, COMPLAINTS, MAIL].map((queue) => bodies(sqs, queue))).toEqual([[], [], ["hello"]]);
  expect(result.status).toBe(0);
});

test("--json prints an object a message", async () => {
  const { sqs, redrive } = await start();
  const { id } = sqs.send(MAIL, failedEvent(sesEvent()));
  const result = await redrive("--json");
  expect(objects(result)).toEqual([
    {
      queue: "mail",
      id,
      sentAt: "2026-11-24T08:00:00.000Z",
      receiveCount: 1,
      told: [{ what: "mail", sesMessageId: ID }],
      failure: { condition: "RetriesExhausted", runs: 3, errorType: "Error", errorMessage: "no connection" },
      status: "planned",
    },
  ]);
});

test("--queue looks at one queue alone, --limit at so many messages of all", async () => {
  const { sqs, redrive } = await start();
  for (const queue of [BOUNCES, COMPLAINTS, COMPLAINTS]) sqs.send(queue, BOUNCE);
  const one = await redrive("--queue", "complaints", "--json");
  expect(objects(one).map(({ queue }) => queue)).toEqual(["complaints", "complaints"]);
  const limited = await redrive("--limit", "2", "--json");
  expect(objects(limited).map(({ queue }) => queue)).toEqual(["bounces", "complaints"]);
  expect(limited.stderr).toContain("Looked at 2 messages, as told by --limit; there may be more.\n");
});

test("a run that letters come back to before it has seen all says that there may be more", async () => {
  const { sqs, redrive } = await start();
  for (let at = 0; at < 11; at++) sqs.send(BOUNCES, BOUNCE);
  sqs.beforeAnswer = (request) => {
    if (request === `ReceiveMessage ${BOUNCES}`) sqs.now += 400_000;
  };
  const { stdout, stderr } = await redrive("--queue", "bounces", "--json");
  expect(objects({ stdout })).toHaveLength(10);
  expect(stderr).toContain(
    "mailroom: bounces: messages that were looked at came back before the rest did; there may be more: run it again\n",
  );
});

test.each([
  {
    what: "Lambda refuses the event",
    answer: "AccessDeniedException",
    says: "not authorized to perform lambda:InvokeFunction",
  },
  { what: "the function is gone", answer: "ResourceNotFoundException", says: "Function not found" },
] as const)("$what: the message stays, the other is replayed, status 1", async ({ answer, says }) => {
  const { sqs, lambda, redrive } = await start();
  const { id } = sqs.send(MAIL, failedEvent(sesEvent()));
  sqs.send(BOUNCES, BOUNCE);
  lambda.fail({ answer });
  const { status, stderr } = await redrive("--apply");
  expect([status, stderr]).toEqual([1, expect.stringContaining(`mailroom: mail: message ${id} stays: ${says}\n`)]);
  expect([bodies(sqs, MAIL).length, bodies(sqs, BOUNCES).length]).toEqual([1, 0]);
});

test("an event that is larger than Lambda takes stays, status 1", async () => {
  const { sqs, redrive } = await start();
  sqs.send(MAIL, JSON.stringify({ ...sesEvent(), more: "x".repeat(1_048_576) }));
  const { status, stderr } = await redrive("--apply");
  expect([status, stderr]).toEqual([1, expect.stringContaining("larger than Lambda takes")]);
  expect(bodies(sqs, MAIL)).toHaveLength(1);
});

test("a queue that is not there is told, the others are looked at, status 1", async () => {
  const { sqs, redrive } = await start();
  sqs.queues.delete(BOUNCES);
  sqs.send(MAIL, failedEvent(sesEvent()));
  const result = await redrive("--json");
  expect([result.status, objects(result).length]).toEqual([1, 1]);
  expect(result.stderr).toContain("mailroom: bounces: The specified queue does not exist.\n");
});

test("messages that cannot be given back are told, status 1", async () => {
  const { sqs, redrive } = await start();
  sqs.send(BOUNCES, BOUNCE);
  sqs.fail({ operation: "ChangeMessageVisibility", answer: "AccessDeniedException" });
  const { status, stderr } = await redrive();
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(
      "mailroom: bounces: 1 message could not be given back, and can be seen again in five minutes: not authorized",
    ),
  ]);
});

test("empty queues, and messages that another run has taken", async () => {
  const { sqs, redrive } = await start();
  sqs.send(BOUNCES, BOUNCE).hiddenUntil = sqs.now + 1;
  const { status, stderr } = await redrive();
  expect(status).toBe(0);
  expect(stderr).toContain(
    "bounces: nothing waits; about 1 in the hands of another run, to be seen again within minutes",
  );
  expect(stderr.endsWith("mail: nothing waits\n")).toBe(true);
});

test("before a stack is removed it is told what waits in any of its queues, which go with it", async () => {
  const { sqs, redrive } = await start();
  expect(await redrive("--expect-empty")).toEqual({ status: 0, stdout: "", stderr: "Nothing waits in any queue.\n" });
  sqs.send("mailroom-prod-complaints", BOUNCE);
  sqs.send(MAIL, "hello");
  expect(await redrive("--expect-empty")).toEqual({
    status: 1,
    stdout: "complaints, yet to be handled: about 1 message\nmail that could not be processed: about 1 message\n",
    stderr: "",
  });
});

test.each([
  ["is not there", "test"],
  ["never came so far", "prod"],
])("a stack that %s has no queues", async (_why, stage) => {
  const { env } = await start({});
  const { status, stderr } = await mailroomProcess(["redrive", "--stage", stage, "--expect-empty"], env);
  expect([status, stderr]).toEqual([0, `Nothing waits: the stack mailroom-${stage} has no queues.\n`]);
});

test("what waits in a stack of another version is not known, so it is not said to be nothing", async () => {
  const { BounceQueue: _, ...older } = OUTPUTS;
  const { redrive } = await start(older);
  const { status, stderr } = await redrive("--expect-empty");
  expect(status).toBe(2);
  expect(stderr).toContain("are not those of this version of Mailroom (BounceQueue)");
});

test("Ctrl-C gives back what was taken", async () => {
  const { sqs, env } = await start();
  for (let at = 0; at < 25; at++) sqs.send(BOUNCES, BOUNCE);
  const child = spawn(process.execPath, [MAILROOM, "redrive", "--stage", "prod"], {
    env: { ...process.env, AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", ...env },
  });
  let stderr = "";
  const isStopping = new Promise<void>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (said: string) => {
      stderr += said;
      if (stderr.includes("stopping")) resolve();
    });
  });
  let looks = 0;
  sqs.beforeAnswer = async (request) => {
    if (!request.startsWith("ReceiveMessage") || ++looks !== 2) return;
    child.kill("SIGINT");
    await isStopping;
  };
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect([status, stdout.match(/to be replayed/g)?.length]).toEqual([130, 20]);
  expect(stderr).toContain("Interrupted: the rest was not looked at.\n");
  expect(bodies(sqs, BOUNCES)).toHaveLength(25);
});

test.each([
  { words: ["--queue", "post"], says: "Allowed choices are bounces, complaints, mail." },
  { words: ["--limit", "0"], says: "Expected a whole number from 1." },
])("$words is wrong use", async ({ words, says }) => {
  const { status, stderr } = await run("redrive", "--stage", "prod", ...words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
});
