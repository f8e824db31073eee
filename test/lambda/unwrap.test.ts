import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MalformedEventError } from "../../shared/errors.ts";
import { unwrapEvent } from "../../shared/lambda/unwrap.ts";
import { eventFile } from "../support/ses-events.ts";
import {
  eventBridgeEvent,
  failedCall,
  records,
  snsMessage,
  snsRecord,
  sqsRecord,
  TOPIC,
  TRANSPORTS,
} from "../support/transports.ts";

const notification = eventFile("feedback/bounce-notification");
const event = eventFile("feedback/bounce-event");

const unwrapped = (given: unknown, topics?: readonly string[]) => [...unwrapEvent(given, { topics })];

function problems(given: unknown, topics?: readonly string[]): string[] {
  return unwrapped(given, topics).map(({ error }) => error?.message ?? "none");
}

describe("trap 1.1, one dialect and one transport read: the same JSON is found whatever way it came", () => {
  const dialects = { notification, event, control: snsMessage("", { Type: "SubscriptionConfirmation" }) };
  test.each(
    TRANSPORTS.flatMap((transport) =>
      Object.entries(dialects).map(([dialect, payload]) => ({ ...transport, dialect, payload })),
    ),
  )("$dialect: $way", ({ wrap, path, payload }) => {
    expect(unwrapped(wrap(payload))).toMatchObject([{ payload, path }]);
    expect(unwrapped(JSON.parse(JSON.stringify(wrap(payload))), [TOPIC])).toMatchObject([{ payload, path }]);
  });
});

test.each(TRANSPORTS.filter(({ way }) => way !== "bare, as text"))("plain text: $way", ({ wrap, path }) => {
  const text = "Successfully validated SNS topic for Amazon SES event publishing.";
  expect(unwrapped(wrap(text))).toMatchObject([{ payload: text, path }]);
});

describe("several records", () => {
  test("each is found, in order", () => {
    const found = unwrapped(records(snsRecord(notification), snsRecord(event)));
    expect(found).toEqual([
      { path: "Records[0].Sns.Message", payload: notification },
      { path: "Records[1].Sns.Message", payload: event },
    ]);
  });

  test("trap 1.3, a batch fails as one: a broken record fails alone, and has the id that SQS knows it by", () => {
    const found = unwrapped(
      records(
        sqsRecord(notification, "a"),
        sqsRecord("{", "b"),
        sqsRecord({ never: "seen" }, "c"),
        sqsRecord(event, "d"),
      ),
    );
    expect(found.map(({ sqsMessageId, error }) => [sqsMessageId, error?.path])).toEqual([
      ["a", undefined],
      ["b", "Records[1].body"],
      ["c", "Records[2].body"],
      ["d", undefined],
    ]);
  });

  test("a record is read when it is asked for", () => {
    const second = {
      get eventSource(): string {
        throw new Error("read too early");
      },
    };
    const found = unwrapEvent(records(snsRecord(notification), second));
    expect(found.next().value).toMatchObject({ payload: notification });
    expect(() => found.next()).toThrow("read too early");
  });

  test("a message of SQS that holds several has one id for all of them", () => {
    const found = unwrapped(
      records(sqsRecord(records(snsRecord(notification), snsRecord("{"), snsRecord(event)), "a")),
    );
    expect(found.map(({ sqsMessageId, error }) => [sqsMessageId, error === undefined])).toEqual([
      ["a", true],
      ["a", false],
      ["a", true],
    ]);
  });

  test("the ids of a batch that an event tells of are none of this call's", () => {
    const [inside] = unwrapped(failedCall(records(sqsRecord(notification, "before"))));
    expect(inside).toEqual({ path: "requestPayload.Records[0].body", payload: notification });
    const [redriven] = unwrapped(records(sqsRecord(records(sqsRecord(notification, "before")), "now")));
    expect(redriven?.sqsMessageId).toBe("now");
    const [nameless] = unwrapped(records({ ...sqsRecord(notification), messageId: undefined }));
    expect(nameless).toEqual({ path: "Records[0].body", payload: notification });
  });
});

describe("trap 1.2, another's topic is accepted", () => {
  const other = "arn:aws:sns:eu-west-1:999999999999:theirs";
  const topics = ["arn:aws:sns:eu-west-1:444455556666:acme-complaints", TOPIC];

  test.each([
    { way: "to Lambda", given: records(snsRecord(notification, { TopicArn: other })), at: "Records[0].Sns" },
    { way: "to SQS", given: records(sqsRecord(snsMessage(notification, { TopicArn: other }))), at: "Records[0].body" },
    {
      way: "as a control message",
      given: records(snsRecord("", { TopicArn: other, Type: "SubscriptionConfirmation" })),
      at: "Records[0].Sns",
    },
  ])("a message of another topic is refused, $way", ({ given, at }) => {
    expect(problems(given, topics)).toEqual([
      `${at}.TopicArn: expected one of the topics that are configured, got "${other}"`,
    ]);
    expect(problems(given)).toEqual(["none"]);
  });

  test.each([undefined, "", [TOPIC], `${TOPIC}x`, "ana@client.example"])("so is one whose topic is %j", (TopicArn) => {
    const [problem] = problems(records(snsRecord(notification, { TopicArn })), topics);
    expect(problem).toMatch(/^Records\[0\]\.Sns\.TopicArn: expected one of the topics/);
    expect(problem).not.toContain("ana");
  });

  test("with no topic allowed, none is", () => {
    expect(problems(records(snsRecord(notification)), [])).toHaveLength(1);
    expect(problems(records(snsRecord(notification)), [])).not.toEqual(["none"]);
  });

  test.each([
    ["SES's JSON itself", notification],
    ["SES's JSON with that topic beside it", { ...(notification as object), TopicArn: other }],
    ["a message without a type", { ...snsMessage(notification, { TopicArn: other }), Type: undefined }],
    [
      "a message that is SES's JSON as well",
      { ...(notification as object), ...snsMessage(event, { TopicArn: other }) },
    ],
    ["text", JSON.stringify(notification)],
    ["a whole event", records(sqsRecord(notification))],
    ["nothing", null],
  ])("what stands in SNS's place and does not say an allowed topic is refused: %s", (_, Sns) => {
    expect(problems(records({ EventSource: "aws:sns", Sns }), topics)).toEqual([
      expect.stringMatching(/^Records\[0\]\.Sns\.TopicArn: expected one of the topics that are configured, got /),
    ]);
  });

  test("what does not say its topic is let in: the policies of queue and function do", () => {
    expect(problems(records(sqsRecord(notification)), topics)).toEqual(["none"]);
    expect(problems(eventBridgeEvent(notification), topics)).toEqual(["none"]);
  });

  test("an event that somebody else put on the bus is refused", () => {
    expect(problems(eventBridgeEvent(notification, { source: "theirs" }))).toEqual([
      'source: expected "aws.ses", got "theirs" (it looks like an EventBridge event)',
    ]);
  });
});

describe("what it is not is told, and where", () => {
  const EXPECTED = "expected a notification or event of SES, or what carries one, got";
  test.each([
    { given: null, problem: `event: ${EXPECTED} nothing` },
    { given: 7, problem: `event: ${EXPECTED} a number` },
    { given: {}, problem: `event: ${EXPECTED} an object` },
    { given: '{"notificationType":', problem: "event: expected JSON, got a string of 20 characters that are not JSON" },
    { given: [], problem: "event: expected at least one record, got an empty array" },
    { given: { Records: [] }, problem: "Records: expected at least one record, got an empty array" },
    { given: { Records: "none" }, problem: "Records: expected an array of records, got a string of 4 characters" },
    { given: records(7), problem: `Records[0]: ${EXPECTED} a number` },
    { given: records(sqsRecord("7")), problem: `Records[0].body: ${EXPECTED} a number` },
    { given: records({ eventSource: "aws:sqs" }), problem: `Records[0].body: ${EXPECTED} nothing` },
    { given: records({ EventSource: "aws:sns", Sns: 5 }), problem: `Records[0].Sns: ${EXPECTED} a number` },
    { given: snsMessage(7, { Message: 7 }), problem: `Message: ${EXPECTED} a number` },
    { given: { "detail-type": "Email Bounced" }, problem: `detail: ${EXPECTED} nothing` },
    { given: eventFile("s3-object-created"), problem: `Records[0]: ${EXPECTED} an object (it looks like an S3 event)` },
    {
      given: eventFile("eventbridge-object-created"),
      problem: 'source: expected "aws.ses", got "aws.s3" (it looks like an EventBridge event)',
    },
    {
      given: { version: "2.0", requestContext: { http: {} }, body: JSON.stringify(snsMessage(notification)) },
      problem: `event: ${EXPECTED} an object (it looks like an HTTP request)`,
    },
    {
      given: (notification as { bounce: unknown }).bounce,
      problem: `event: ${EXPECTED} an object (it looks like the bounce object of a notification, alone)`,
    },
  ])("$problem", ({ given, problem }) => {
    expect(problems(given)).toEqual([problem]);
  });
});

test.each([
  { what: "SES's announcement of a mail", given: eventFile("ses-received"), path: "Records[0].ses" },
  { what: "S3's test event", given: { Service: "Amazon S3", Event: "s3:TestEvent" }, path: "" },
])("$what is found like any payload", ({ given, path }) => {
  expect(unwrapped(given)).toMatchObject([{ path, payload: expect.any(Object) }]);
});

describe("wrappings in wrappings", () => {
  const wrap = (times: number, wrapOnce: (inner: unknown) => unknown) =>
    Array.from({ length: times }).reduce<unknown>((inner) => wrapOnce(inner), notification);

  test("a stored event of SQS, which tells by SNS of a failed call that SNS made, is read", () => {
    const deepest = JSON.stringify(records(sqsRecord(snsMessage(failedCall(records(snsRecord(event)))))));
    expect(unwrapped(deepest)).toMatchObject([{ payload: event }]);
  });

  test.each([
    ["arrays", (inner: unknown) => [inner]],
    ["details", (inner: unknown) => eventBridgeEvent(inner)],
    ["failed calls", failedCall],
  ])("17 %s are too many, and 100,000 cost no more", (_, wrapOnce) => {
    expect(unwrapped(wrap(16, wrapOnce))).toMatchObject([{ payload: notification }]);
    for (const times of [17, 100_000])
      expect(problems(wrap(times, wrapOnce))).toEqual([
        expect.stringMatching(/: expected at most 16 wrappings around it, got one more$/),
      ]);
  });
});

test.each([
  ["S3's test event", { Event: "s3:TestEvent" }],
  ["a notification", { notificationType: "Bounce" }],
  ["an event", { eventType: "Bounce" }],
  ["an announcement", { mail: {}, receipt: {} }],
  ["a record of S3", { eventSource: "aws:s3", eventName: "ObjectRemoved:Delete" }],
  ["an event of EventBridge", { "detail-type": "Object Deleted", source: "aws.s3" }],
])("records are found however much what holds them looks like %s", (_, beside) => {
  const found = [...unwrapEvent({ ...beside, ...records(snsRecord(notification)) }, { storeEvents: true })];
  expect(found).toEqual([{ path: "Records[0].Sns.Message", payload: notification }]);
});

test("any JSON at all gives payloads and MalformedEventErrors, and tells no content", () => {
  const keys = fc.constantFrom(
    "Records",
    "Sns",
    "body",
    "detail",
    "detail-type",
    "requestPayload",
    "Type",
    "Message",
    "eventSource",
    "source",
    "TopicArn",
    "messageId",
    "eventType",
    "notificationType",
    "mail",
    "receipt",
    "Event",
    "__proto__",
  );
  const words = fc.constantFrom(
    "aws:sqs",
    "aws:ses",
    "aws.ses",
    "Notification",
    "SECRET",
    '{"Records":[',
    '"{}"',
    "[[]]",
  );
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "medium" },
      words,
      fc.jsonValue(),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(keys, tie("any"), { maxKeys: 4 }),
      fc.dictionary(keys, tie("any"), { maxKeys: 4 }).map((value) => JSON.stringify(value)),
    ),
  }));
  fc.assert(
    fc.property(any, fc.option(fc.constant([TOPIC])), (given, topics) => {
      for (const { path, error } of unwrapEvent(given, { topics: topics ?? undefined })) {
        expect(path).not.toContain("SECRET");
        if (error === undefined) continue;
        expect(error).toBeInstanceOf(MalformedEventError);
        expect(error.message.replace('got "SECRET" (it', "")).not.toContain("SECRET");
      }
    }),
    { numRuns: 1_000 },
  );
});
