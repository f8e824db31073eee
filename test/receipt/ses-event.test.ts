import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MalformedEventError } from "../../shared/errors.ts";
import { VERDICT_NAMES } from "../../shared/receipt/receipt.ts";
import { readSesEvent } from "../../shared/receipt/ses-event.ts";
import { eventFile, sesEvent } from "../support/ses-events.ts";

const ID = "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j81";

function receiptOf(event: unknown) {
  const [receipt] = readSesEvent(event);
  if (receipt === undefined) throw new Error("no receipt");
  return receipt;
}

function errorOf(event: unknown): MalformedEventError {
  try {
    readSesEvent(event);
  } catch (error) {
    if (error instanceof MalformedEventError) return error;
    throw error;
  }
  throw new Error("the event was read");
}

describe("the Lambda action's event", () => {
  test("becomes a receipt", () => {
    expect(readSesEvent(eventFile("ses-received"))).toEqual([
      {
        sesMessageId: ID,
        receivedAt: "2026-11-23T07:41:12.305Z",
        envelope: {
          mailFrom: "monitor@partner.example",
          recipients: ["alerts@mail.acme.example", "oncall@mail.acme.example"],
        },
        verdicts: { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "FAIL", dmarc: "FAIL" },
        headersTruncated: false,
        storageKey: ID,
        origin: "event",
        verdictsTrusted: true,
      },
    ]);
  });

  test("trap 1.9, a schema stricter than reality: no dmarcVerdict, dmarcPolicy, subject or headers, DISABLED, new words and fields", () => {
    expect(readSesEvent(eventFile("ses-received-sparse"))).toEqual([
      {
        sesMessageId: "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j82",
        receivedAt: "2026-11-23T07:41:12.000Z",
        envelope: { mailFrom: "", recipients: ["bounces@mail.acme.example"] },
        verdicts: { spam: "DISABLED", virus: "DISABLED", spf: "GRAY", dkim: "PROCESSING_FAILED" },
        headersTruncated: true,
        storageKey: "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j82",
        origin: "event",
        verdictsTrusted: true,
      },
    ]);
  });

  test("SES's set-up notification is read like a mail: what follows ignores it by its id", () => {
    const receipt = receiptOf(eventFile("ses-setup-notification"));
    expect(receipt).toMatchObject({ sesMessageId: "AMAZON_SES_SETUP_NOTIFICATION", verdicts: {} });
    expect(receipt.envelope.recipients).toEqual([]);
  });

  test("trap 1.7, destination[0] used: recipients are the envelope's, though no header names them", () => {
    const event = sesEvent({
      mail: { destination: ["somebody@else.example"] },
      receipt: { recipients: ["bcc@mail.acme.example"] },
    });
    expect(receiptOf(event).envelope.recipients).toEqual(["bcc@mail.acme.example"]);
  });

  test("every record is read, in order", () => {
    const [first] = sesEvent().Records;
    const [second] = sesEvent({ mail: { messageId: "second" } }).Records;
    const receipts = readSesEvent({ Records: [first, second] });
    expect(receipts.map(({ storageKey }) => storageKey)).toEqual([ID, "second"]);
  });

  test.each(["<>", "", null, undefined])("source %j is the null sender", (source) => {
    expect(receiptOf(sesEvent({ mail: { source } })).envelope.mailFrom).toBe("");
  });

  test.each([
    ["prvs=144d0cba7=ana@client.example", "prvs=144d0cba7=ana@client.example"],
    ["<ana@client.example>", "ana@client.example"],
  ])("source %s is %s", (source, mailFrom) => {
    expect(receiptOf(sesEvent({ mail: { source } })).envelope.mailFrom).toBe(mailFrom);
  });

  test.each([
    { mail: "2026-11-23T07:41:12.305Z", receipt: undefined, receivedAt: "2026-11-23T07:41:12.305Z" },
    { mail: undefined, receipt: "2026-11-23T07:41:12.305Z", receivedAt: "2026-11-23T07:41:12.305Z" },
    { mail: "yesterday", receipt: "2026-11-23T07:41:13Z", receivedAt: "2026-11-23T07:41:13.000Z" },
    { mail: "yesterday", receipt: "today", receivedAt: null },
    { mail: null, receipt: null, receivedAt: null },
  ])("mail.timestamp $mail, receipt.timestamp $receipt -> $receivedAt", ({ mail, receipt, receivedAt }) => {
    const event = sesEvent({ mail: { timestamp: mail }, receipt: { timestamp: receipt } });
    expect(receiptOf(event).receivedAt).toBe(receivedAt);
  });

  test.each([true, false, undefined])("headersTruncated %s", (headersTruncated) => {
    expect(receiptOf(sesEvent({ mail: { headersTruncated } })).headersTruncated).toBe(headersTruncated === true);
  });

  test.each([644, "644", undefined])("processingTimeMillis may be %j", (processingTimeMillis) => {
    expect(receiptOf(sesEvent({ receipt: { processingTimeMillis } })).sesMessageId).toBe(ID);
  });
});

describe("verdicts of an event", () => {
  const objects = [
    { given: { status: "PASS" }, read: "PASS" },
    { given: { status: "FAIL" }, read: "FAIL" },
    { given: { status: "GRAY" }, read: "GRAY" },
    { given: { status: "PROCESSING_FAILED" }, read: "PROCESSING_FAILED" },
    { given: { status: "DISABLED" }, read: "DISABLED" },
    { given: { status: "SUSPICIOUS" }, read: "GRAY" },
    { given: { status: "toString" }, read: "GRAY" },
    { given: { status: "" }, read: "GRAY" },
    { given: { status: null }, read: undefined },
    { given: {}, read: undefined },
    { given: null, read: undefined },
    { given: undefined, read: undefined },
  ];
  test.each(VERDICT_NAMES.flatMap((name) => objects.map((object) => ({ name, ...object }))))(
    "trap 1.5, verdicts mixed or folded: $name $given -> $read, and no other verdict changes",
    ({ name, given, read }) => {
      const receipt = {
        spamVerdict: undefined,
        virusVerdict: undefined,
        spfVerdict: undefined,
        dkimVerdict: undefined,
        dmarcVerdict: undefined,
        [`${name}Verdict`]: given,
      };
      expect(receiptOf(sesEvent({ receipt })).verdicts).toEqual(read === undefined ? {} : { [name]: read });
    },
  );

  test('trap 1.4, spamVerdict is {status: "FAIL"} and never "FAIL": the bare word is refused, not compared', () => {
    expect(errorOf(sesEvent({ receipt: { spamVerdict: "FAIL" } })).message).toBe(
      'Records[0].ses.receipt.spamVerdict: expected an object with a status, such as {"status": "PASS"}, got a string of 4 characters',
    );
  });
});

describe("a wrong shape says where, what was expected and what came", () => {
  test.each([
    { event: null, message: "event: expected an event with Records, got nothing" },
    { event: "hello", message: "event: expected an event with Records, got a string of 5 characters" },
    { event: [], message: "event: expected an event with Records, got an empty array" },
    { event: {}, message: "Records: expected an array of records, got nothing" },
    { event: { Records: {} }, message: "Records: expected an array of records, got an object" },
    { event: { Records: [] }, message: "Records: expected at least one record, got an empty array" },
    { event: { Records: [7] }, message: "Records[0]: expected a record of SES, got a number" },
    {
      event: { Records: [{ eventSource: "aws:ses" }] },
      message: "Records[0].ses: expected an object with mail and receipt, got nothing",
    },
    {
      event: { Records: [{ eventSource: "aws:ses", ses: {} }] },
      message: "Records[0].ses.mail: expected the mail object, got nothing",
    },
    {
      event: sesEvent({ mail: { messageId: undefined } }),
      message: "Records[0].ses.mail.messageId: expected an SES message id, got nothing",
    },
    {
      event: sesEvent({ mail: { source: 5 } }),
      message: "Records[0].ses.mail.source: expected the envelope sender, a string, got a number",
    },
    {
      event: sesEvent({ mail: { headersTruncated: "true" } }),
      message: "Records[0].ses.mail.headersTruncated: expected true or false, got a string of 4 characters",
    },
    {
      event: sesEvent({ mail: { timestamp: 1795419672305 } }),
      message: "Records[0].ses.mail.timestamp: expected an ISO 8601 time, a string, got a number",
    },
    {
      event: sesEvent({ receipt: { recipients: undefined } }),
      message: "Records[0].ses.receipt.recipients: expected an array of envelope recipients, got nothing",
    },
    {
      event: sesEvent({ receipt: { recipients: "a@mail.acme.example" } }),
      message:
        "Records[0].ses.receipt.recipients: expected an array of envelope recipients, got a string of 19 characters",
    },
    {
      event: sesEvent({ receipt: { recipients: ["a@mail.acme.example", false] } }),
      message: "Records[0].ses.receipt.recipients[1]: expected an envelope recipient, a string, got a boolean",
    },
    {
      event: sesEvent({ receipt: { dmarcVerdict: { status: ["FAIL"] } } }),
      message: "Records[0].ses.receipt.dmarcVerdict.status: expected a status word, got an array",
    },
  ])("$message", ({ event, message }) => {
    expect(errorOf(event).message).toBe(message);
  });

  test("in any record", () => {
    const [good] = sesEvent().Records;
    const [bad] = sesEvent({ mail: { messageId: 5 } }).Records;
    expect(errorOf({ Records: [good, bad] }).path).toBe("Records[1].ses.mail.messageId");
  });

  test.each([
    {
      file: "sns-notification",
      message: 'Records[0].eventSource: expected "aws:ses", got nothing (it looks like an SNS event)',
    },
    {
      file: "s3-object-created",
      message: 'Records[0].eventSource: expected "aws:ses", got "aws:s3" (it looks like an S3 event)',
    },
    {
      file: "sqs-message",
      message: 'Records[0].eventSource: expected "aws:ses", got "aws:sqs" (it looks like an SQS event)',
    },
    {
      file: "eventbridge-object-created",
      message: "Records: expected an array of records, got nothing (it looks like an EventBridge event)",
    },
  ])("an event of another kind says what it looks like: $file", ({ file, message }) => {
    expect(errorOf(eventFile(file)).message).toBe(message);
  });

  test.each([
    { event: { Service: "Amazon S3", Event: "s3:TestEvent" }, kind: "S3's test event" },
    { event: { notificationType: "Received", mail: {} }, kind: "an SES notification" },
    { event: { eventType: "Bounce", mail: {} }, kind: "an SES event about a mail that was sent" },
    { event: { Type: "Notification", TopicArn: "arn:aws:sns:…" }, kind: "an SNS message" },
    { event: { Records: [{ eventSource: "aws:kinesis" }] }, kind: "an event of another service" },
  ])("$kind is recognised", ({ event, kind }) => {
    expect(errorOf(event).message).toContain(`(it looks like ${kind})`);
  });

  test("trap 1.18, content in logs: what came is told by its type, never by its value", () => {
    const secret = "ana@client.example wrote: the code is 4711";
    const wrong = [
      secret,
      { Records: secret },
      { Records: [{ eventSource: secret }] },
      sesEvent({ mail: { messageId: secret } }),
      sesEvent({ mail: { timestamp: [secret] } }),
      sesEvent({ receipt: { recipients: secret } }),
      sesEvent({ receipt: { recipients: [{ [secret]: secret }] } }),
      sesEvent({ receipt: { spamVerdict: secret } }),
    ];
    for (const event of wrong) expect(errorOf(event).message).not.toMatch(/ana|client|4711/);
  });
});

describe("message ids are parts of keys and file names", () => {
  test.each([
    ID,
    "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
    "AMAZON_SES_SETUP_NOTIFICATION",
    "a.b+c=d~e",
    "x".repeat(128),
  ])("%s is taken as it is", (messageId) => {
    expect(receiptOf(sesEvent({ mail: { messageId } }))).toMatchObject({
      sesMessageId: messageId,
      storageKey: messageId,
    });
  });

  test.each(["", ".", "..", "../rules", "a/b", "a\\b", "a b", "a\nb", "a\u0000", "ä", "x".repeat(129)])(
    "%j is refused",
    (messageId) => {
      expect(errorOf(sesEvent({ mail: { messageId } })).path).toBe("Records[0].ses.mail.messageId");
    },
  );
});

describe("any event at all", () => {
  const maybe = (wanted: fc.Arbitrary<unknown>) => fc.oneof({ weight: 3, arbitrary: wanted }, fc.jsonValue());
  const verdict = maybe(fc.record({ status: maybe(fc.constantFrom("PASS", "FAIL", "GRAY")) }, { requiredKeys: [] }));
  const record = fc.record(
    {
      eventSource: maybe(fc.constant("aws:ses")),
      ses: maybe(
        fc.record(
          {
            mail: maybe(
              fc.record(
                { messageId: maybe(fc.constant(ID)), source: maybe(fc.emailAddress()), timestamp: maybe(fc.string()) },
                { requiredKeys: [] },
              ),
            ),
            receipt: maybe(
              fc.record(
                { recipients: maybe(fc.array(maybe(fc.emailAddress()))), spamVerdict: verdict },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );

  test("is read, or refused as malformed, and the same way twice", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), maybe(fc.record({ Records: maybe(fc.array(record)) }))), (event) => {
        const outcome = () => {
          try {
            return readSesEvent(event);
          } catch (error) {
            if (!(error instanceof MalformedEventError)) throw error;
            return error.message;
          }
        };
        const first = outcome();
        expect(outcome()).toEqual(first);
        if (typeof first === "string") return;
        for (const receipt of first) {
          expect(receipt.storageKey).toBe(receipt.sesMessageId);
          expect(receipt.receivedAt ?? "1970-01-01T00:00:00.000Z").toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
