import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainFeedback, explainMail } from "../../../cli/redrive/explain.ts";
import { eventFile, sesEvent } from "../../support/ses-events.ts";
import { failedCall, records, snsMessage, snsRecord, TRANSPORTS } from "../../support/transports.ts";
import { bounce, failedEvent, fromTopic, SENT_ID } from "./letters.ts";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:mailroom-prod-bounces";
const PLACE = { bucket: "acme-inbound-444455556666", keyPrefix: "inbound/" };
const ID = "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j81";

const unknown = (because: string) => ({ what: "unknown", because: expect.stringContaining(because) });

describe("a dead letter of feedback", () => {
  const ann = "ann@partner.example";
  const feedbackOf = (payload: unknown) => fromTopic(TOPIC, payload);
  test.each([
    {
      letter: "a bounce about two recipients",
      body: feedbackOf(bounce(ann, "ben@partner.example")),
      told: [{ what: "bounce", recipients: 2, sesMessageId: SENT_ID }],
    },
    {
      letter: "a complaint in the dialect of notifications",
      body: feedbackOf({
        notificationType: "Complaint",
        complaint: { complainedRecipients: [{ emailAddress: ann }], feedbackId: "f-1" },
        mail: { messageId: SENT_ID },
      }),
      told: [{ what: "complaint", recipients: 1, sesMessageId: SENT_ID }],
    },
    {
      letter: "what SES says of itself",
      body: feedbackOf("Successfully validated SNS topic for Amazon SES event publishing."),
      told: [{ what: "nothing", name: "TopicValidated" }],
    },
    {
      letter: "trap 1.2, somebody else's topic: that is why the function refuses it",
      body: fromTopic("arn:aws:sns:eu-west-1:444455556666:other", bounce(ann)),
      told: [unknown("TopicArn: expected one of the topics that are configured")],
    },
    { letter: "an event that nobody knows", body: feedbackOf({ eventType: "Later" }), told: [unknown('got "Later"')] },
    { letter: "words", body: "hello", told: [unknown("expected a notification or event of SES")] },
    { letter: "broken JSON", body: '{"eventType":', told: [unknown("expected JSON")] },
    { letter: "nothing", body: "", told: [unknown("expected a notification or event of SES")] },
  ])("$letter goes back as it is", ({ body, told }) => {
    expect(explainFeedback(body, { topic: TOPIC })).toEqual({ told, failure: null, replay: body });
  });
});

describe("an event that process-mail failed on", () => {
  const mail = [{ what: "mail", sesMessageId: ID }];
  const failure = {
    condition: "RetriesExhausted",
    runs: 3,
    errorType: "Error",
    errorMessage: "no connection",
  };
  const s3Event = eventFile("s3-object-created");
  test.each([
    { letter: "Lambda's record of it is the mail, why it failed, and the event", told: mail, event: sesEvent() },
    {
      letter: "several mails are told one by one",
      told: [...mail, { what: "mail", sesMessageId: "second" }],
      event: records(...sesEvent().Records, ...sesEvent({ mail: { messageId: "second" } }).Records),
    },
    {
      letter: "S3's own event of another bucket is why the function refuses it, and it is asked all the same",
      told: [unknown('expected "acme-inbound-444455556666", the bucket that is configured')],
      event: JSON.parse(JSON.stringify(s3Event).replaceAll("acme-inbound-444455556666", "other-bucket")),
    },
    {
      letter: "SES's trial is nothing to be done",
      told: [{ what: "nothing", name: "set-up notification" }],
      event: eventFile("ses-setup-notification"),
    },
    { letter: "what nobody knows goes back too", told: [unknown("got a number")], event: 7 },
  ])("$letter", ({ told, event }) => {
    const explained = explainMail(failedEvent(event), PLACE);
    expect(explained).toMatchObject({ told, failure });
    expect(JSON.parse(explained.replay ?? "null")).toEqual(event);
  });

  test.each([
    {
      letter: "the event alone, as a dead-letter queue has it",
      body: JSON.stringify(sesEvent()),
      replay: "body",
      told: mail,
    },
    {
      letter: "a mail with a broken record beside it",
      body: JSON.stringify(records(...sesEvent().Records, 1)),
      replay: "body",
      told: [...mail, unknown("got a number")],
    },
    {
      letter: "an event that nobody knows",
      body: '{"nobody":"knows"}',
      replay: undefined,
      told: [unknown("got an object")],
    },
    {
      letter: "a record without its event",
      body: JSON.stringify({ ...failedCall(null) }),
      replay: undefined,
      told: [unknown("requestPayload: expected")],
    },
    { letter: "words", body: "hello", replay: undefined, told: [unknown("expected what announces a mail")] },
    { letter: "a text in JSON", body: '"hello"', replay: undefined, told: [unknown("expected what announces a mail")] },
  ])("$letter: $replay is replayed", ({ body, told, replay }) => {
    const explained = explainMail(body, PLACE);
    expect(explained.told).toEqual(told);
    expect(explained.replay).toBe(replay === "body" ? body : undefined);
  });

  test.each(TRANSPORTS)("a mail announced by $way is told", ({ wrap }) => {
    const body = wrap(sesEvent().Records[0]?.ses);
    expect(explainMail(typeof body === "string" ? body : JSON.stringify(body), PLACE).told).toEqual(mail);
  });

  test.each([
    { said: "nothing", record: {}, failure: null },
    {
      said: "no more than that",
      record: { requestContext: {} },
      failure: { condition: null, runs: null, errorType: null, errorMessage: null },
    },
    {
      said: "the time ran out",
      record: {
        requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 3 },
        responsePayload: { errorMessage: "Task timed out after 120.00 seconds" },
      },
      failure: {
        condition: "RetriesExhausted",
        runs: 3,
        errorType: null,
        errorMessage: "Task timed out after 120.00 seconds",
      },
    },
    {
      said: "it became too old, and was never answered",
      record: { requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 1 }, responsePayload: null },
      failure: { condition: "EventAgeExceeded", runs: 1, errorType: null, errorMessage: null },
    },
    {
      said: "words of other types",
      record: {
        requestContext: { condition: 1, approximateInvokeCount: "3" },
        responsePayload: { errorType: {}, errorMessage: 2 },
      },
      failure: { condition: null, runs: null, errorType: null, errorMessage: null },
    },
  ])("why it failed, where Lambda says $said", ({ record, failure }) => {
    expect(explainMail(JSON.stringify({ ...record, requestPayload: sesEvent() }), PLACE).failure).toEqual(failure);
  });
});

const anyBody = fc.oneof(
  fc.string(),
  fc.json(),
  fc.jsonValue().map((value) => failedEvent(value)),
  fc.jsonValue().map((value) => JSON.stringify(snsMessage(value))),
  fc
    .array(fc.jsonValue(), { minLength: 1 })
    .map((values) => JSON.stringify(records(...values.map((value) => snsRecord(value))))),
);

test("whatever a letter holds is explained, and feedback goes back as it is", () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      expect(explainMail(body, PLACE).told.length).toBeGreaterThan(0);
      const feedback = explainFeedback(body, { topic: TOPIC });
      expect(feedback.told.length).toBeGreaterThan(0);
      expect(feedback.replay).toBe(body);
    }),
  );
});

test("the event that is replayed is the one that Lambda was called with", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (event) => {
      fc.pre(event !== null);
      const { replay } = explainMail(failedEvent(event), PLACE);
      expect(JSON.parse(replay ?? "null")).toEqual(JSON.parse(JSON.stringify(event)));
    }),
  );
});
