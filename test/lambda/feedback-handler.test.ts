import { describe, expect, test } from "vitest";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { createFeedbackHandler } from "../../shared/lambda/feedback-handler.ts";
import type { FeedbackOutcome } from "../../shared/suppression/record-feedback.ts";
import { type Given, handlerUnderTest, SetAside } from "../support/handler-under-test.ts";
import { eventFile } from "../support/ses-events.ts";
import { eventBridgeEvent, records, snsRecord, sqsRecord, TOPIC } from "../support/transports.ts";

const bounce = eventFile("feedback/bounce-notification");
const complaint = eventFile("feedback/complaint-event");
const mixed = eventFile("feedback/bounce-mixed");

/** The handler over a table that keeps what it gets, and throws for some recipients. */
function handlerWith(given: Given = {}) {
  const { done, logged, handle } = handlerUnderTest<Feedback, FeedbackOutcome>(given, {
    nameOf: ({ recipient }) => recipient,
    answer: ({ recipient }) => (recipient.includes("@") ? OUTCOME : { kind: "noAddress" }),
    create: ({ use, ...ports }) => createFeedbackHandler({ recordFeedback: use, ...ports }),
  });
  return { recorded: () => done.map(({ kind, recipient }) => `${kind} ${recipient}`), logged, handle };
}

const OUTCOME: FeedbackOutcome = {
  kind: "recorded",
  address: "a@b.example",
  effect: { effect: "none", why: "" },
  before: undefined,
  after: undefined,
};
const down = new Error("ana@client.example: the table is down");

test("everything that an event tells is recorded, of either kind, and counted by kind", async () => {
  const { handle, recorded, logged } = handlerWith();
  const open = { eventType: "Open", mail: {} };
  const noAddress = { eventType: "Delivery", mail: { messageId: "a" }, delivery: { recipients: ["local"] } };
  const event = records(...[bounce, complaint, open, mixed, open, noAddress].map((each) => snsRecord(each)));
  expect(await handle(event)).toBeNull();
  expect(recorded()).toEqual([
    "bounce gone@partner.example",
    "complaint one@isp.example",
    "complaint two@isp.example",
    "bounce gone@partner.example",
    "delay slow@partner.example",
    "delivery there@partner.example",
    "delivery on@partner.example",
    "delivery list@partner.example",
    "delivery local",
  ]);
  expect(logged).toEqual([
    {
      event: "feedback",
      bounce: 2,
      complaint: 2,
      "ignored Open": 2,
      delay: 1,
      delivery: 3,
      "delivery without an address": 1,
    },
  ]);
});

describe("trap 1.3, errors caught, and failed records acknowledged", () => {
  const broken = sqsRecord('{"eventType":"Teleport"}', "broken");

  test("one bad record of five returns exactly one itemIdentifier, and the others are recorded", async () => {
    const { handle, recorded, logged } = handlerWith();
    const good = ["a", "b", "c", "d"].map((id) => sqsRecord(bounce, id));
    const event = records(...good.slice(0, 2), broken, ...good.slice(2));
    expect(await handle(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "broken" }] });
    expect(recorded()).toHaveLength(4);
    expect(logged).toEqual([
      expect.objectContaining({ path: "Records[2].body", sqsMessageId: "broken", code: "MALFORMED_EVENT" }),
      { event: "feedback", bounce: 4, failed: 1 },
    ]);
  });

  test("a batch without failures names none", async () => {
    const { handle } = handlerWith();
    expect(await handle(records(sqsRecord(bounce, "a")))).toEqual({ batchItemFailures: [] });
  });

  test("a recipient that cannot be recorded fails its message, not the recipients beside it", async () => {
    const { handle, recorded } = handlerWith({ failFor: { "slow@partner.example": down } });
    const answer = await handle(records(sqsRecord(mixed, "a"), sqsRecord(bounce, "b")));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "a" }] });
    expect(recorded()).toHaveLength(5);
  });

  test("a message of several records that fail is named once", async () => {
    const { handle } = handlerWith();
    const answer = await handle(records(sqsRecord([{}, bounce, {}], "a")));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "a" }] });
  });

  test("a failure that asks to be discarded is not tried again", async () => {
    const { handle, logged } = handlerWith({ failFor: { "gone@partner.example": new SetAside("no use") } });
    expect(await handle(records(sqsRecord(bounce, "a")))).toEqual({ batchItemFailures: [] });
    expect(logged).toContainEqual(expect.objectContaining({ event: "record failed", code: "SET_ASIDE" }));
  });

  test("without SQS the first failure is thrown, after all records were handled", async () => {
    const { handle, recorded, logged } = handlerWith({ failFor: { "gone@partner.example": down } });
    await expect(handle(records(snsRecord(bounce), snsRecord({}), snsRecord(complaint)))).rejects.toBe(down);
    expect(recorded()).toHaveLength(2);
    expect(logged).toMatchObject([
      { event: "record failed", path: "Records[0].Sns.Message" },
      { event: "record failed", code: "MALFORMED_EVENT" },
      { event: "feedback", failed: 2, complaint: 2 },
    ]);
    await expect(handle(eventBridgeEvent({ eventType: "Teleport" }))).rejects.toThrow("detail.eventType: expected one");
  });

  test("a message of SQS without an id cannot be named, so the batch is thrown", async () => {
    const { handle, recorded } = handlerWith();
    const nameless = { ...broken, messageId: undefined };
    await expect(handle(records(nameless, sqsRecord(bounce, "a")))).rejects.toThrow("expected one of Bounce");
    expect(recorded()).toHaveLength(1);
  });

  test.each([undefined, null, {}, [], "hello", { Records: [] }])(
    "%j is thrown, for the dead-letter queue",
    async (event) => {
      await expect(handlerWith().handle(event)).rejects.toMatchObject({ code: "MALFORMED_EVENT" });
    },
  );
});

test("trap 1.2, another's topic is accepted: its message is refused, and a SubscribeURL is only counted", async () => {
  const { handle, recorded, logged } = handlerWith({ topics: [TOPIC] });
  const theirs = snsRecord(bounce, { TopicArn: "arn:aws:sns:eu-west-1:999999999999:theirs" });
  const confirmation = snsRecord("", { Type: "SubscriptionConfirmation", SubscribeURL: "http://127.0.0.1:1/" });
  await expect(handle(records(theirs, confirmation))).rejects.toMatchObject({ path: "Records[0].Sns.TopicArn" });
  expect(recorded()).toEqual([]);
  expect(logged).toContainEqual({ event: "feedback", failed: 1, "control SubscriptionConfirmation": 1 });
});

test("trap 1.18, content in logs: neither addresses nor what a failure quotes", async () => {
  const { handle, logged } = handlerWith({ failFor: { "gone@partner.example": down } });
  await handle(records(sqsRecord(bounce, "a"), sqsRecord(complaint, "b"), sqsRecord("ana@client.example", "c")));
  expect(JSON.stringify(logged)).not.toMatch(/@|ana|is down|Pump/);
});
