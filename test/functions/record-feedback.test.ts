import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { isMetrics, metricsIn } from "../support/embedded-metrics.ts";
import { runLambda } from "../support/lambda-process.ts";
import { type LocalDynamo, startLocalDynamo } from "../support/local-dynamo.ts";
import { eventFile } from "../support/ses-events.ts";
import { eventBridgeEvent, records, snsMessage, snsRecord, sqsRecord, TOPIC } from "../support/transports.ts";

const TABLE = "acme-suppression";
const bounce = eventFile("feedback/bounce-notification");
const complaint = eventFile("feedback/complaint-notification");

// Each run is a process with a cold start.
vi.setConfig({ testTimeout: 30_000 });

let dynamo: LocalDynamo;
let env: Record<string, string>;

beforeEach(async () => {
  dynamo = await startLocalDynamo(TABLE);
  env = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    MAILROOM_SUPPRESSION_TABLE: TABLE,
    MAILROOM_FEEDBACK_TOPICS: TOPIC,
  };
});

afterEach(() => dynamo.close());

const reasonFor = async (address: string) =>
  (await dynamoSuppressionTable(dynamo.client, TABLE, systemClock).get(address))?.reason;

async function allItems() {
  return (await dynamo.client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }))).Items;
}

describe.each(["record-bounce", "record-complaint"])("%s", (name) => {
  const run = (...events: unknown[]) => runLambda(name, { env, events });

  test("records both kinds, since both may come from one topic, and logs their numbers", async () => {
    const { outcomes, logged } = await run(
      records(snsRecord(bounce), snsRecord(complaint)),
      eventBridgeEvent(eventFile("feedback/delay-event")),
    );
    expect(outcomes).toEqual([{ answer: null }, { answer: null }]);
    expect(await reasonFor("gone@partner.example")).toBe("bounce");
    expect(await reasonFor("angry@isp.example")).toBe("complaint");
    expect(await reasonFor("slow@partner.example")).toBeUndefined();
    expect(logged).toMatchObject([
      { level: "INFO", event: "feedback", requestId: "request-0", bounce: 1, complaint: 1 },
      { level: "INFO", event: "feedback", requestId: "request-1", delay: 1 },
    ]);
  });

  test("measures each kind and each address that is suppressed, and logs the same lines as without", async () => {
    const events = [records(snsRecord(bounce), snsRecord(complaint)), records(snsRecord(bounce))];
    const { logged } = await runLambda(name, { env: { ...env, MAILROOM_STAGE: "prod" }, events });
    expect(logged.filter(isMetrics).flatMap(metricsIn)).toEqual([
      "Feedback Stage=prod Kind=bounce 1",
      "Suppressed Stage=prod 1",
      "Feedback Stage=prod Kind=complaint 1",
      "Suppressed Stage=prod 1",
      "Feedback Stage=prod Kind=bounce 1",
    ]);
    expect(logged.filter((line) => !isMetrics(line))).toMatchObject([
      { event: "feedback", bounce: 1, complaint: 1 },
      { event: "feedback", bounce: 1 },
    ]);
  });

  test("trap 1.3, a batch fails as one: the broken message is named, the others are recorded", async () => {
    const { outcomes, logged } = await run(
      records(sqsRecord(snsMessage(bounce), "good"), sqsRecord("{", "broken"), sqsRecord(complaint, "raw")),
    );
    expect(outcomes).toEqual([{ answer: { batchItemFailures: [{ itemIdentifier: "broken" }] } }]);
    expect(await reasonFor("gone@partner.example")).toBe("bounce");
    expect(await reasonFor("angry@isp.example")).toBe("complaint");
    expect(logged).toContainEqual(
      expect.objectContaining({ level: "ERROR", path: "Records[1].body", sqsMessageId: "broken" }),
    );
  });

  test("applied twice it leaves the table as it was", async () => {
    await run(records(snsRecord(bounce)));
    const before = await allItems();
    expect(before).toHaveLength(2);
    expect((await run(records(snsRecord(bounce), snsRecord(bounce)))).outcomes).toEqual([{ answer: null }]);
    expect(await allItems()).toEqual(before);
  });
});

describe("record-bounce fails, so that Lambda tries again", () => {
  test("trap 1.2, another's topic is accepted: its messages are refused and suppress nobody", async () => {
    const theirs = { TopicArn: "arn:aws:sns:eu-west-1:999999999999:theirs" };
    const { outcomes } = await runLambda("record-bounce", { env, events: [records(snsRecord(bounce, theirs))] });
    expect(outcomes).toMatchObject([{ error: { name: "MalformedEventError" } }]);
    expect(await reasonFor("gone@partner.example")).toBeUndefined();
  });

  test("on events of another kind, and when the table is not there; no log line shows an address", async () => {
    const events = [eventFile("s3-object-created"), { subject: "Pump" }, records(snsRecord(bounce))];
    const { outcomes, stdout, stderr } = await runLambda("record-bounce", {
      env: { ...env, MAILROOM_SUPPRESSION_TABLE: "another-table" },
      events,
    });
    expect(outcomes.map(({ error }) => error?.name)).toEqual([
      "MalformedEventError",
      "MalformedEventError",
      "ResourceNotFoundException",
    ]);
    expect(stdout + stderr + JSON.stringify(outcomes)).not.toMatch(/@partner|@acme|Pump/);
  });

  test("and does not start without its table", async () => {
    const { exitCode, stderr } = await runLambda("record-bounce", { events: [] });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("MAILROOM_SUPPRESSION_TABLE: expected the name of a DynamoDB table, got nothing");
  });
});
