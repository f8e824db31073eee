import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeActiveReceiptRuleSetCommand, SESClient } from "@aws-sdk/client-ses";
import { PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Deployment } from "../../cli/deployment/outputs.ts";
import { readDeployment } from "../../cli/deployment/read-deployment.ts";
import { objects } from "../cli/run-mailroom.ts";
import { sesEvent } from "../support/ses-events.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { records, sqsRecord } from "../support/transports.ts";
import {
  awsEnvironment,
  bodiesIn,
  invoke,
  mailroom,
  osls,
  sqsClient,
  takeQueuesFromFunctions,
} from "./stage-in-moto.ts";

// One stage's life, from `osls deploy` to `osls remove`: each test goes on where the one before ended.

const endpoint = process.env["MOTO_ENDPOINT"];

const ID = "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j81";
const MAIL = [
  "From: Monitor <monitor@partner.example>",
  "To: desk@mail.example.com",
  "Subject: outage in hall 3",
  "",
  "Nothing moves.",
  "",
].join("\r\n");
const BOUNCE = {
  eventType: "Bounce",
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "Gone@Partner.example", action: "failed", status: "5.1.1" }],
    timestamp: "2026-11-24T08:00:00.000Z",
    feedbackId: "f-1",
  },
  mail: {
    timestamp: "2026-11-24T07:59:00.000Z",
    source: "desk@mail.example.com",
    messageId: "m-1",
    destination: ["Gone@Partner.example"],
  },
};

const UNKNOWN_TO_MOTO = /^could not be checked/;

async function activeRuleSet(): Promise<string | undefined> {
  return (await new SESClient().send(new DescribeActiveReceiptRuleSetCommand({}))).Metadata?.Name;
}

describe.skipIf(endpoint === undefined)("a deployment", () => {
  let stage: Deployment;
  let alerts: string;

  beforeAll(() => {
    for (const [name, value] of Object.entries(awsEnvironment(endpoint ?? ""))) vi.stubEnv(name, value);
  });
  afterAll(() => vi.unstubAllEnvs());

  test("comes up, and says that no mail comes to it yet and what to run", async () => {
    const { status, said } = osls("deploy");
    expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining("rules-set activate") });
    stage = await readDeployment({ stage: "dev", region: "eu-west-1" });
    expect(stage).toMatchObject({ Stage: "dev", Domain: "mail.example.com", ReceiptRuleSet: "mailroom-dev" });
    expect(await takeQueuesFromFunctions()).toBe(2);
  });

  test("trap 1.19, the rules exist and are not active: mail comes only after it was told to", async () => {
    expect(await activeRuleSet()).toBeUndefined();
    expect(await mailroom("rules-set", "activate", "--apply")).toMatchObject({ status: 0 });
    expect(await activeRuleSet()).toBe("mailroom-dev");
  });

  // moto verifies nobody, and makes no policies of a template; and the queues were taken from the functions above.
  test("the doctor finds what this account lacks, and nothing else, with the records that dns prints", async () => {
    const { stdout: zone } = await mailroom("dns");
    const file = `${temporaryFolder({ "dev.zone": zone })}/dev.zone`;
    const findings = objects(await mailroom("doctor", "--dns-file", file, "--json"));
    const wrong = findings.filter(({ level, what }) => level === "error" && !UNKNOWN_TO_MOTO.test(String(what)));
    expect(wrong.map(({ check }) => check).sort()).toEqual([
      "bucket-policy",
      "dkim",
      "identity",
      "queue-reader",
      "queue-reader",
      "topic-policy",
      "topic-policy",
    ]);
    const fine = findings.filter(({ level }) => level === "ok").map(({ check }) => check);
    expect(fine).toEqual(expect.arrayContaining(["mx", "rule-set", "rule", "lambda-permission"]));
  });

  test("reads a stored mail and alerts", async () => {
    const { QueueUrl = "" } = await sqsClient().send(new CreateQueueCommand({ QueueName: "subscriber" }));
    alerts = QueueUrl;
    const Endpoint = "arn:aws:sqs:eu-west-1:123456789012:subscriber";
    await new SNSClient().send(
      new SubscribeCommand({ TopicArn: stage.AlertTopics["oncall"], Protocol: "sqs", Endpoint }),
    );
    await new S3Client({ forcePathStyle: true }).send(
      new PutObjectCommand({ Bucket: stage.MailBucket, Key: `mail/${ID}`, Body: MAIL }),
    );
    expect(await invoke("process-mail", sesEvent({ mail: { messageId: ID } }))).toEqual({ answer: null });
    const [alert] = await bodiesIn(alerts);
    expect(JSON.parse(JSON.parse(alert ?? "{}").Message)).toMatchObject({ rule: "outage", sesMessageId: ID });
  });

  test("never twice: the same mail again alerts nobody", async () => {
    expect(await invoke("process-mail", sesEvent({ mail: { messageId: ID } }))).toEqual({ answer: null });
    expect(await bodiesIn(alerts)).toHaveLength(1);
  });

  test("a mail that was never announced is found and sent by a replay, once; what was handled is not sent again", async () => {
    const Key = `mail/${ID.replace("p4", "q5")}`;
    await new S3Client({ forcePathStyle: true }).send(
      new PutObjectCommand({ Bucket: stage.MailBucket, Key, Body: MAIL }),
    );
    const outcomes = async (...words: readonly string[]) =>
      objects(await mailroom("replay", "--json", ...words)).map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(["duplicate", "processed"]);
    expect(await bodiesIn(alerts)).toHaveLength(1);
    expect(await outcomes("--apply")).toEqual(["duplicate", "processed"]);
    expect(await outcomes("--apply")).toEqual(["duplicate", "processed"]);
    expect(await bodiesIn(alerts)).toHaveLength(2);
  });

  test("a bounce that SES tells the topic of comes through the queue to the suppression table", async () => {
    await new SNSClient().send(new PublishCommand({ TopicArn: stage.BounceTopic, Message: JSON.stringify(BOUNCE) }));
    const messages = await bodiesIn(stage.BounceQueue);
    expect(messages).toHaveLength(1);
    const event = records(...messages.map((body) => sqsRecord(body)));
    expect(await invoke("record-bounce", event)).toEqual({ answer: { batchItemFailures: [] } });
    const { stdout } = await mailroom("suppression", "get", "gone@partner.example", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ suppressed: true });
  });

  test("a dead letter is explained, and goes back to its queue when it is told to", async () => {
    const envelope = { Type: "Notification", TopicArn: stage.BounceTopic, Message: JSON.stringify(BOUNCE) };
    const dead = { QueueUrl: stage.BounceDeadLetters, MessageBody: JSON.stringify(envelope) };
    await sqsClient().send(new SendMessageCommand(dead));
    const looked = await mailroom("redrive", "--queue", "bounces");
    expect(looked.status).toBe(0);
    expect(looked.stdout).toContain("bounce");
    expect(await bodiesIn(stage.BounceDeadLetters)).toHaveLength(1);
    expect(await mailroom("redrive", "--queue", "bounces", "--apply")).toMatchObject({ status: 0 });
    expect(await bodiesIn(stage.BounceDeadLetters)).toEqual([]);
    expect(await bodiesIn(stage.BounceQueue)).toContain(dead.MessageBody);
  });

  test("the same code is the same deployment: a second one changes nothing", () => {
    expect(osls("deploy")).toMatchObject({ status: 0, said: expect.stringContaining("No changes to deploy") });
  });

  test("is not removed while something waits in a queue, which would go with it", async () => {
    const { status, said } = osls("remove");
    expect({ status, said }).toMatchObject({ status: 1, said: expect.stringContaining("bounces, yet to be handled") });
    expect(await activeRuleSet()).toBeUndefined();
    await sqsClient().send(new PurgeQueueCommand({ QueueUrl: stage.BounceQueue }));
  });

  test("is removed: mail is given back first, and what was kept stays", async () => {
    const { status, said } = osls("remove");
    expect({ status, said }).toMatchObject({ status: 0 });
    expect(await activeRuleSet()).toBeUndefined();
    await expect(readDeployment({ stage: "dev", region: "eu-west-1" })).rejects.toThrow("there is no stack");
    const s3 = new S3Client({ forcePathStyle: true });
    await s3.send(new HeadObjectCommand({ Bucket: stage.MailBucket, Key: `mail/${ID}` }));
    const { TableNames } = await new DynamoDBClient().send(new ListTablesCommand({}));
    expect(TableNames).toEqual(expect.arrayContaining([stage.MailTable, stage.SuppressionTable]));
  });
});
