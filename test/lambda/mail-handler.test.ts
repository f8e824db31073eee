import { describe, expect, test } from "vitest";
import { createMailHandler } from "../../shared/lambda/mail-handler.ts";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import { announcedFile, BUCKET, MAIL_ID, PREFIX, RAW_MAIL } from "../support/announced.ts";
import { type Given, handlerUnderTest, SetAside } from "../support/handler-under-test.ts";
import { eventFile, sesEvent } from "../support/ses-events.ts";
import { records, snsRecord, sqsRecord, TOPIC } from "../support/transports.ts";

/** The handler over a use case that throws for some mails. */
function handlerWith(given: Given = {}) {
  const { tried, logged, handle } = handlerUnderTest<Arrival, void>(given, {
    nameOf: ({ sesMessageId }) => sesMessageId,
    answer: () => {},
    create: ({ use, ...ports }) => createMailHandler({ processMail: use, bucket: BUCKET, keyPrefix: PREFIX, ...ports }),
  });
  return { arrivals: tried, ids: () => tried.map(({ sesMessageId }) => sesMessageId), logged, handle };
}

const mail = (messageId: string) => sesEvent({ mail: { messageId } });
const down = new Error("ana@client.example: no connection");

test("every mail that an event announces is processed, in order, and what is none is counted", async () => {
  const { handle, arrivals, logged } = handlerWith();
  const files = ["lambda-action", "s3-event", "s3-action-setup", "sns-action-base64"];
  const testEvent = { Service: "Amazon S3", Event: "s3:TestEvent" };
  const event = records(...[...files.map(announcedFile), testEvent, testEvent].map((each) => snsRecord(each)));
  expect(await handle(event)).toBeNull();
  expect(arrivals.map(({ storageKey }) => storageKey)).toEqual(Array(3).fill(`${PREFIX}${MAIL_ID}`));
  expect(arrivals.map(({ receipt }) => receipt?.origin)).toEqual(["event", undefined, "event"]);
  expect(new TextDecoder().decode(arrivals[2]?.content)).toBe(RAW_MAIL);
  expect(logged).toEqual([{ event: "announcements", "ignored set-up notification": 1, "ignored s3:TestEvent": 2 }]);
});

test("an event that announces mails alone logs nothing beside what the use case logs", async () => {
  const { handle, logged } = handlerWith();
  expect(await handle(mail("a"))).toBeNull();
  expect(logged).toEqual([]);
});

describe("trap 1.3, errors caught, and failed mails acknowledged", () => {
  const batch = ["a", "b", "c", "d", "e"].map((id) => sqsRecord(mail(id), `message-${id}`));

  test("of five messages the one that fails is named, and the others are processed", async () => {
    const { handle, ids, logged } = handlerWith({ failFor: { c: down } });
    expect(await handle(records(...batch))).toEqual({ batchItemFailures: [{ itemIdentifier: "message-c" }] });
    expect(ids()).toEqual(["a", "b", "c", "d", "e"]);
    expect(logged).toEqual([
      expect.objectContaining({
        event: "record failed",
        path: "Records[2].body.Records[0].ses",
        sqsMessageId: "message-c",
      }),
      { event: "announcements", failed: 1 },
    ]);
  });

  test("a message that nobody knows is named, too, and one of all good messages is not", async () => {
    const { handle, ids } = handlerWith();
    const bounce = sqsRecord(eventFile("feedback/bounce-notification"), "bounce");
    const broken = sqsRecord("{", "broken");
    const answer = await handle(records(bounce, sqsRecord(mail("a"), "good"), broken));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "bounce" }, { itemIdentifier: "broken" }] });
    expect(ids()).toEqual(["a"]);
    expect(await handle(records(...batch))).toEqual({ batchItemFailures: [] });
  });

  test("without SQS the first failure is thrown, after all mails were handled", async () => {
    const { handle, ids } = handlerWith({ failFor: { a: down, b: new Error("later") } });
    await expect(handle(records(...["a", "b", "c"].map((id) => snsRecord(mail(id)))))).rejects.toBe(down);
    expect(ids()).toEqual(["a", "b", "c"]);
  });

  test("a failure that asks to be discarded hides none behind it that asks for another try", async () => {
    const { handle, logged } = handlerWith({ failFor: { a: new SetAside("no use"), b: down } });
    await expect(handle(records(...["a", "b"].map((id) => snsRecord(mail(id)))))).rejects.toBe(down);
    expect(await handle(mail("a"))).toBeNull();
    expect(logged).toContainEqual(expect.objectContaining({ event: "record failed", code: "SET_ASIDE" }));
  });

  test.each([undefined, null, {}, [], "hello", { Records: [] }, { subject: "pressure low" }])(
    "%j is thrown, for the dead-letter queue",
    async (event) => {
      await expect(handlerWith().handle(event)).rejects.toMatchObject({ code: "MALFORMED_EVENT" });
    },
  );
});

test("trap 1.2, another's topic is accepted: with topics configured, no mail comes from any other", async () => {
  const { handle, ids } = handlerWith({ topics: [TOPIC] });
  const theirs = snsRecord(mail("theirs"), { TopicArn: "arn:aws:sns:eu-west-1:999999999999:theirs" });
  await expect(handle(records(theirs, snsRecord(mail("ours"))))).rejects.toMatchObject({
    path: "Records[0].Sns.TopicArn",
  });
  expect(ids()).toEqual(["ours"]);
});

test("trap 1.6, bytes through UTF-8: content that has lost bytes reaches no use case, and its message comes again", async () => {
  const { handle, arrivals, logged } = handlerWith();
  const lossy = { ...announcedFile("sns-action-utf8"), content: `${RAW_MAIL}Stra\uFFFDe` };
  const answer = await handle(records(sqsRecord(lossy, "lossy")));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "lossy" }] });
  expect(arrivals).toEqual([]);
  expect(logged).toContainEqual(expect.objectContaining({ code: "LOSSY_CONTENT", path: "Records[0].body" }));
});

test("trap 1.18, content in logs: neither addresses nor what a failure quotes", async () => {
  const { handle, logged } = handlerWith({ failFor: { a: down } });
  const messages = [mail("a"), "ana@client.example", { ...announcedFile("sns-action-utf8"), content: "\uFFFD" }];
  await handle(records(...messages.map((each, place) => sqsRecord(each, `message-${place}`))));
  expect(JSON.stringify(logged)).not.toMatch(/@|ana|connection|Pump/);
});
