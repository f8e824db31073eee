import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { snsAlertTopic } from "../../shared/aws/sns-alert-topic.ts";
import { ConfigurationError, PublishError } from "../../shared/errors.ts";
import { alertTopicContract } from "../contracts/alert-topic.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert } from "../support/arbitrary-alerts.ts";
import { type FakeSns, startFakeSns } from "../support/fake-sns.ts";

const NO_WAITS = { waits: [0, 0, 0], sleep: async () => {} };

function arrived(sns: FakeSns): { topic: string; id: string }[] {
  return sns.published.map(({ topicArn, bodies }) => ({
    topic: topicArn.split(":").at(-1)?.replace(".fifo", "") ?? "",
    id: JSON.parse(bodies["default"] ?? "").id,
  }));
}

alertTopicContract("SNS over its wire format", async () => {
  const sns = await startFakeSns();
  const topics = { oncall: sns.createTopic("oncall"), default: sns.createTopic("default") };
  return {
    topic: snsAlertTopic(sns.client(), topics, { retry: NO_WAITS }),
    published: async () => arrived(sns),
    close: sns.close,
  };
});

alertTopicContract("SNS FIFO topics", async () => {
  const sns = await startFakeSns();
  const topics = { oncall: sns.createTopic("oncall.fifo"), default: sns.createTopic("default.fifo") };
  return {
    topic: snsAlertTopic(sns.client(), topics, { retry: NO_WAITS }),
    published: async () => arrived(sns),
    close: sns.close,
  };
});

/** A topic `oncall` that notes its waits instead of waiting. */
async function oncall(name = "oncall") {
  const sns = await startFakeSns();
  onTestFinished(sns.close);
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => void slept.push(milliseconds);
  const topics = { oncall: sns.createTopic(name) };
  return { sns, slept, topics, topic: snsAlertTopic(sns.client(), topics, { retry: { waits: [100, 300], sleep } }) };
}

function alerts(count: number) {
  return Array.from({ length: count }, (_, i) => alertOf({ sesMessageId: `mail${i}` }));
}

test("alerts go out ten to a call", async () => {
  const { sns, topic } = await oncall();
  await topic.publish(alerts(25));
  expect(sns.requests).toEqual(["PublishBatch", "PublishBatch", "PublishBatch"]);
});

test("a message has a form for machines, for e-mail and for short messages, a subject, and fields to filter by", async () => {
  const { sns, topic } = await oncall();
  await topic.publish([alertOf({ tags: ["night"] })]);
  const [message] = sns.published;
  expect(Object.keys(message?.bodies ?? {})).toEqual(["default", "email", "sms"]);
  expect(message?.subject).toBe("[critical] outage: Service outage in Zagreb");
  expect(message?.attributes).toEqual({
    rule: { type: "String", value: "outage" },
    severity: { type: "String", value: "critical" },
    tags: { type: "String.Array", value: '["night"]' },
    recipientDomain: { type: "String.Array", value: '["mail.acme.example"]' },
    fromDomain: { type: "String.Array", value: '["client.example"]' },
    dmarc: { type: "String", value: "PASS" },
  });
});

test("SNS takes every alert whatever its mail says", async () => {
  const { sns, topic } = await oncall();
  await fc.assert(
    fc.asyncProperty(fc.array(anyAlert, { minLength: 1, maxLength: 4 }), async (wild) => {
      sns.published.length = 0;
      await topic.publish(wild.map((alert) => ({ ...alert, topic: "oncall" })));
      expect(sns.published).toHaveLength(wild.length);
    }),
    { numRuns: 60 },
  );
});

test("an entry that SNS did not take is sent again alone, after a wait", async () => {
  const { sns, slept, topic } = await oncall();
  sns.fail({ operation: "entry", containing: "mail1", code: "InternalFailure", senderFault: false });
  await topic.publish(alerts(3));
  expect(arrived(sns).map(({ id }) => id)).toEqual([0, 2, 1].map((i) => alerts(3)[i]?.id));
  expect(slept).toEqual([100]);
});

test("an entry that SNS never takes is named in the error after growing waits; the others are published", async () => {
  const { sns, slept, topic } = await oncall();
  sns.fail({
    operation: "entry",
    containing: "mail1",
    code: "InternalFailure",
    senderFault: false,
    times: Number.POSITIVE_INFINITY,
  });
  const error: unknown = await topic.publish(alerts(3)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PublishError);
  expect(error).toMatchObject({ failedIds: [alerts(3)[1]?.id], message: expect.stringContaining("InternalFailure") });
  expect(arrived(sns)).toHaveLength(2);
  expect(slept).toEqual([100, 300]);
});

test("an entry that SNS's answer does not mention counts as not published", async () => {
  const { sns, slept, topic } = await oncall();
  sns.fail({ operation: "entry", containing: "mail1", code: "", senderFault: false, times: 3 });
  await expect(topic.publish(alerts(2))).rejects.toMatchObject({
    failedIds: [alerts(2)[1]?.id],
    message: expect.stringContaining("NoAnswer"),
  });
  expect(slept).toEqual([100, 300]);
});

test("an entry that is our fault is not sent again", async () => {
  const { sns, slept, topic } = await oncall();
  sns.fail({ operation: "entry", containing: "mail0", code: "InvalidParameter", senderFault: true });
  await expect(topic.publish(alerts(2))).rejects.toMatchObject({ failedIds: [alerts(2)[0]?.id] });
  expect(slept).toEqual([]);
  expect(sns.requests).toHaveLength(1);
});

test("a call that is throttled once is retried by the SDK", async () => {
  const { sns, slept, topic } = await oncall();
  sns.fail({ operation: "PublishBatch", answer: "Throttling" });
  await topic.publish(alerts(2));
  expect(arrived(sns)).toHaveLength(2);
  expect(slept).toEqual([]);
});

test("a call that fails names its ten alerts, with SNS's error as the cause; the next call is still made", async () => {
  const { sns, topic } = await oncall();
  sns.fail({ operation: "PublishBatch", answer: "AuthorizationError" });
  const error: unknown = await topic.publish(alerts(12)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "PUBLISH_FAILED", failedIds: alerts(10).map(({ id }) => id) });
  expect(error).toMatchObject({ cause: { name: "AuthorizationErrorException" } });
  expect(arrived(sns)).toHaveLength(2);
});

test("a topic that is configured but does not exist fails its alerts and no others", async () => {
  const { sns, topics } = await oncall();
  const gone = "arn:aws:sns:eu-west-1:444455556666:gone";
  const topic = snsAlertTopic(sns.client(), { ...topics, gone });
  const lost = alertOf({ rule: "lost", topic: "gone" });
  await expect(topic.publish([lost, alertOf()])).rejects.toMatchObject({ failedIds: [lost.id] });
  expect(arrived(sns)).toHaveLength(1);
});

test.each(["database", "constructor", "__proto__", ""])(
  "a topic that is not configured (%j) is told before anything is published",
  async (name) => {
    const { sns, topic } = await oncall();
    const publishing = topic.publish([alertOf(), alertOf({ rule: "other", topic: name })]);
    await expect(publishing).rejects.toThrow(ConfigurationError);
    await expect(publishing).rejects.toThrow(/not configured. Configured topics: oncall/);
    expect(sns.requests).toEqual([]);
  },
);

test("a FIFO topic gets the rule as its group, and the alert's id to deduplicate by", async () => {
  const { sns, topic } = await oncall("oncall.fifo");
  await topic.publish([alertOf(), alertOf()]);
  await topic.publish([alertOf()]);
  expect(sns.published).toHaveLength(1);
  expect(sns.published[0]).toMatchObject({ groupId: "outage", deduplicationId: alertOf().id });
});

test("a standard topic gets neither group nor deduplication id", async () => {
  const { sns, topic } = await oncall();
  await topic.publish([alertOf()]);
  expect(sns.published[0]).toMatchObject({ groupId: undefined, deduplicationId: undefined });
});
