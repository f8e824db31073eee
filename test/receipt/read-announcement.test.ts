import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LossyContentError, MalformedEventError } from "../../shared/errors.ts";
import { unwrapEvent } from "../../shared/lambda/unwrap.ts";
import { readAnnouncement } from "../../shared/receipt/read-announcement.ts";
import {
  announcedBy,
  announcedFile,
  BUCKET,
  changed,
  DIALECTS,
  MAIL_ID,
  PREFIX,
  refusalOf,
} from "../support/announced.ts";
import { eventFile } from "../support/ses-events.ts";
import { snsMessage } from "../support/transports.ts";

interface Notification {
  notificationType?: string;
  mail: Record<string, unknown>;
  receipt: Record<string, unknown> & { action: Record<string, unknown> };
  content?: unknown;
}
interface S3Event {
  Records: { eventName?: unknown; s3: { bucket: Record<string, unknown>; object: Record<string, unknown> } }[];
}
interface BridgeEvent {
  "detail-type"?: unknown;
  detail: S3Event["Records"][number]["s3"];
}

const withAction = (action: Record<string, unknown> | undefined, name = "s3-action") =>
  changed(name, (event: Notification) => Object.assign(event.receipt, { action }));
const s3Object = (object: Record<string, unknown>, eventName?: string) =>
  changed("s3-event", ({ Records: [record] }: S3Event) => {
    Object.assign(record?.s3.object ?? {}, object);
    if (eventName !== undefined) Object.assign(record ?? {}, { eventName });
  });
const bridgeObject = (object: Record<string, unknown>, type?: unknown) =>
  changed("eventbridge", (event: BridgeEvent) => {
    Object.assign(event.detail.object, object);
    if (type !== undefined) event["detail-type"] = type;
  });

function arrivalOf(event: unknown) {
  const [announced] = announcedBy(event);
  if (announced?.kind !== "mail") throw new Error("no mail is announced");
  return announced.arrival;
}

describe("where the mail lies", () => {
  test.each([
    ["inbound/", true],
    ["inbound", true],
    ["", true],
    ["in", false],
    ["inbound/a", false],
  ])("S3's key inbound/ID, where the prefix is %j: taken: %s", (keyPrefix, taken) => {
    const event = bridgeObject({ key: `inbound/${MAIL_ID}` });
    const read = () => readAnnouncement(event, { path: "", keyPrefix, bucket: BUCKET }).kind;
    if (taken) expect(read()).toBe("mail");
    else expect(read).toThrow("a key that begins with the prefix that is configured");
  });

  test.each(["undefined/", "", "other/", "inbound//"])(
    'trap 1.20, a prefix "undefined": the S3 action\'s key is used as given, never the prefix again: %j',
    (prefix) => {
      const event = withAction({
        type: "S3",
        bucketName: BUCKET,
        objectKeyPrefix: "inbound",
        objectKey: `${prefix}${MAIL_ID}`,
      });
      expect(arrivalOf(event).storageKey).toBe(`${prefix}${MAIL_ID}`);
    },
  );

  test.each([
    undefined,
    null,
    "Lambda",
    {},
    { type: null },
    { type: "InvokeLambda" },
    { type: "Lambda" },
    { type: "S3" },
    { type: "SNS" },
  ])("the event of a function call needs no action: %j", (action) => {
    const event = changed("mail-manager", ({ Records: [record] }: { Records: { ses: Notification }[] }) =>
      Object.assign(record?.ses.receipt ?? {}, { action }),
    );
    expect(arrivalOf(event)).toMatchObject({ storageKey: `${PREFIX}${MAIL_ID}`, content: undefined });
  });

  test("the Lambda action's own topic announces the same as its event", () => {
    const arrival = arrivalOf(withAction({ type: "Lambda", functionArn: "arn:aws:lambda:…", invocationType: "Event" }));
    expect(arrival).toEqual(arrivalOf(announcedFile("lambda-action")));
  });

  test("a function call that says where the mail lies is believed, in our bucket", () => {
    const call = (bucketName: string) =>
      changed("mail-manager", ({ Records: [record] }: { Records: { ses: Notification }[] }) =>
        Object.assign(record?.ses.receipt ?? {}, { action: { type: "S3", bucketName, objectKey: `other/${MAIL_ID}` } }),
      );
    expect(arrivalOf(call(BUCKET)).storageKey).toBe(`other/${MAIL_ID}`);
    expect(refusalOf(call("theirs")).path).toBe("Records[0].ses.receipt.action.bucketName");
  });

  test("content that another product than SES's own rules sends is taken", () => {
    const { content } = announcedFile("sns-action-utf8");
    const event = changed("s3-action", (it: Notification) =>
      Object.assign(it, { content, receipt: { ...it.receipt, action: undefined } }),
    );
    expect(arrivalOf(event)).toEqual(arrivalOf(announcedFile("sns-action-utf8")));
  });

  test.each([
    { written: "eingang/st%C3%B6rung+7/a", key: "eingang/störung 7/a" },
    { written: "eingang/st%c3%b6rung%207/a", key: "eingang/störung 7/a" },
    { written: "eingang/st%C3%B6rung+7/%E5%9C%A7/x%2By", key: "eingang/störung 7/圧/x+y" },
  ])("S3's own key $written is $key", ({ written, key }) => {
    const id = key.slice(key.lastIndexOf("/") + 1);
    expect(arrivalOf(s3Object({ key: written }))).toEqual({
      sesMessageId: id,
      storageKey: key,
      receipt: undefined,
      content: undefined,
    });
    expect(arrivalOf(bridgeObject({ key })).storageKey).toBe(key);
  });

  test.each(["Invoice-AMAZON_SES_SETUP_NOTIFICATION", "AMAZON_SES_SETUP_NOTIFICATION/m1"])(
    "a key that has the set-up object's name in it is a mail's all the same: %s",
    (name) => {
      for (const event of [
        s3Object({ key: `eingang/st%C3%B6rung+7/${name}` }),
        bridgeObject({ key: `${PREFIX}${name}` }),
      ])
        expect(arrivalOf(event).storageKey).toBe(`${PREFIX}${name}`);
    },
  );

  test("EventBridge's key is no URL", () => {
    const key = `${PREFIX}100%25+x`;
    expect(arrivalOf(bridgeObject({ key }))).toMatchObject({ storageKey: key, sesMessageId: "100%25+x" });
  });

  test.each([
    "ObjectCreated:Put",
    "ObjectCreated:CompleteMultipartUpload",
    "ObjectCreated:Copy",
    "s3:ObjectCreated:Put",
  ])("%s is a new object", (eventName) => {
    expect(arrivalOf(s3Object({}, eventName)).sesMessageId).toBe(MAIL_ID);
  });
});

describe("what is known and no mail is ignored, by a name of ours", () => {
  const sesCall = eventFile("ses-setup-notification");
  test.each([
    { what: "SES tries its S3 action", event: announcedFile("s3-action-setup"), name: "set-up notification" },
    { what: "SES tries its SNS action", event: announcedFile("sns-action-setup"), name: "set-up notification" },
    { what: "SES tries its Lambda action", event: sesCall, name: "set-up notification" },
    {
      what: "SES's test object, by S3",
      event: s3Object({ key: "eingang/st%C3%B6rung+7/AMAZON_SES_SETUP_NOTIFICATION" }),
      name: "set-up notification",
    },
    {
      what: "SES's test object, by EventBridge",
      event: bridgeObject({ key: `${PREFIX}AMAZON_SES_SETUP_NOTIFICATION` }),
      name: "set-up notification",
    },
    { what: "S3 tries its notification", event: { Service: "Amazon S3", Event: "s3:TestEvent" }, name: "s3:TestEvent" },
    { what: "a folder", event: s3Object({ key: "eingang/st%C3%B6rung+7/", size: 0 }), name: "folder marker" },
    { what: "a folder, by EventBridge", event: bridgeObject({ key: PREFIX, size: 0 }), name: "folder marker" },
    { what: "a deletion", event: s3Object({ size: undefined }, "ObjectRemoved:Delete"), name: "ObjectRemoved" },
    { what: "an expiry", event: s3Object({}, "LifecycleExpiration:Delete"), name: "LifecycleExpiration" },
    { what: "new tags", event: s3Object({}, "ObjectTagging:Put"), name: "ObjectTagging" },
    { what: "a deletion, by EventBridge", event: bridgeObject({}, "Object Deleted"), name: "Object Deleted" },
    { what: "a restoring", event: bridgeObject({}, "Object Restore Completed"), name: "Object Restore Completed" },
    ...["SubscriptionConfirmation", "UnsubscribeConfirmation"].map((Type) => ({
      what: "SNS tries its subscription",
      event: snsMessage("", { Type, SubscribeURL: "http://127.0.0.1:1/" }),
      name: Type,
    })),
  ])("$what: $name", ({ event, name }) => {
    expect(announcedBy(event)).toEqual([{ kind: "ignored", name }]);
  });
});

describe("another's bucket", () => {
  test.each([
    {
      dialect: "s3-action",
      path: "receipt.action.bucketName",
      event: withAction({ type: "S3", bucketName: "theirs", objectKey: `${PREFIX}${MAIL_ID}` }),
    },
    {
      dialect: "s3-event",
      path: "Records[0].s3.bucket.name",
      event: changed("s3-event", ({ Records: [record] }: S3Event) =>
        Object.assign(record?.s3.bucket ?? {}, { name: "theirs" }),
      ),
    },
    {
      dialect: "eventbridge",
      path: "detail.bucket.name",
      event: changed("eventbridge", ({ detail }: BridgeEvent) => Object.assign(detail.bucket, { name: "theirs" })),
    },
  ])("is refused, with both names: $dialect", ({ event, path }) => {
    expect(refusalOf(event).message).toBe(`${path}: expected "${BUCKET}", the bucket that is configured, got "theirs"`);
  });

  test.each([`${BUCKET}x`, BUCKET.toUpperCase(), "", "Ana <ana@client.example>", "x".repeat(200)])(
    "so is %j",
    (name) => {
      const { message } = refusalOf(withAction({ type: "S3", bucketName: name, objectKey: MAIL_ID }));
      expect(message).toMatch(/^receipt\.action\.bucketName: expected "acme-inbound-444455556666"/);
      expect(message).not.toContain("ana");
    },
  );
});

describe("what cannot be a mail of ours fails, for the dead-letter queue", () => {
  const KEY = "the key of a mail, which ends in its SES message id";
  test.each([
    {
      event: eventFile("feedback/bounce-notification"),
      message:
        'notificationType: expected "Received", got "Bounce" (it looks like feedback on a mail that was sent, which record-bounce takes)',
    },
    {
      event: eventFile("feedback/bounce-event"),
      message:
        "event: expected what announces a mail, from SES or S3, got an object (it looks like an SES event about a mail that was sent)",
    },
    {
      event: "Successfully validated SNS topic for Amazon SES event publishing.",
      message: "event: expected what announces a mail, from SES or S3, got a string of 65 characters",
    },
    {
      event: { notificationType: 7, mail: {}, receipt: {} },
      message: 'notificationType: expected "Received", got a number',
    },
    { event: { notificationType: "Received" }, message: "mail: expected the mail object, got nothing" },
    {
      event: withAction({ type: "Bounce", smtpReplyCode: "550" }),
      message: 'receipt.action.type: expected "S3", "SNS" or "Lambda", got "Bounce"',
    },
    {
      event: withAction(undefined),
      message: 'receipt.action.type: expected "S3", "SNS" or "Lambda", got nothing',
    },
    {
      event: withAction({ type: "S3", bucketName: BUCKET }),
      message: `receipt.action.objectKey: expected ${KEY}, got nothing`,
    },
    {
      event: withAction({ type: "S3", bucketName: BUCKET, objectKey: "inbound/" }),
      message: `receipt.action.objectKey: expected ${KEY}, got a string of 8 characters`,
    },
    {
      event: withAction({ type: "S3", objectKey: MAIL_ID }),
      message: "receipt.action.bucketName: expected the name of a bucket, got nothing",
    },
    {
      event: withAction({ type: "SNS" }),
      message: "content: expected the mail itself, which an SNS action sends, got nothing",
    },
    {
      event: { ...announcedFile("sns-action-utf8"), content: "" },
      message: "content: expected the mail itself, which an SNS action sends, got an empty string",
    },
    {
      event: withAction({ type: "SNS", encoding: "UTF-16" }, "sns-action-utf8"),
      message: 'receipt.action.encoding: expected "UTF-8" or "BASE64", got "UTF-16"',
    },
    {
      event: s3Object({}, "ObjectTeleported:Put"),
      message: 'Records[0].eventName: expected "ObjectCreated:*" or another event of S3, got "ObjectTeleported:Put"',
    },
    {
      event: { Records: [{ eventSource: "aws:s3" }] },
      message: 'Records[0].eventName: expected "ObjectCreated:*" or another event of S3, got nothing',
    },
    {
      event: bridgeObject({}, "AWS API Call via CloudTrail"),
      message: 'detail-type: expected "Object Created" or another event of S3, got a string of 27 characters',
    },
    {
      event: s3Object({ key: undefined }),
      message: "Records[0].s3.object.key: expected the key of an object, got nothing",
    },
    {
      event: s3Object({ key: "eingang/%E5%9C" }),
      message: "Records[0].s3.object.key: expected a URL-encoded key, got a string of 14 characters that are none",
    },
    {
      event: s3Object({ key: "eingang/100%" }),
      message: "Records[0].s3.object.key: expected a URL-encoded key, got a string of 12 characters that are none",
    },
    {
      event: s3Object({ key: "eingang/st%C3%B6rung+7/" }),
      message: `Records[0].s3.object.key: expected ${KEY}, got a string of 18 characters`,
    },
    {
      event: bridgeObject({ key: `${PREFIX}no id` }),
      message: `detail.object.key: expected ${KEY}, got a string of 23 characters`,
    },
    {
      event: bridgeObject({ key: `uploads/${MAIL_ID}` }),
      message:
        "detail.object.key: expected a key that begins with the prefix that is configured, got a string of 48 characters",
    },
    {
      event: { ...announcedFile("eventbridge"), source: "theirs" },
      message: 'source: expected "aws.ses", got "theirs" (it looks like an EventBridge event)',
    },
  ])("$message", ({ event, message }) => {
    expect(refusalOf(event).message).toBe(message);
  });

  test("S3's event is no payload to who does not ask for it", () => {
    for (const name of ["s3-event", "eventbridge"])
      expect([...unwrapEvent(announcedFile(name))]).toMatchObject([{ error: expect.any(MalformedEventError) }]);
  });
});

describe("any announcement at all", () => {
  const at = { path: "at", keyPrefix: PREFIX, bucket: BUCKET };
  const words = fc.constantFrom(
    BUCKET,
    "theirs",
    MAIL_ID,
    `${PREFIX}${MAIL_ID}`,
    "S3",
    "SNS",
    "BASE64",
    "Received",
    "%",
    "\uFFFD",
    "\uD800",
    "",
  );
  const junk = fc.oneof(words, fc.jsonValue(), fc.constantFrom(undefined, null, { toString: 1, valueOf: 1 }));

  /** Puts junk in place of one value somewhere in a tree. */
  function mutate(value: unknown, steps: readonly number[], put: unknown): unknown {
    const [step, ...rest] = steps;
    if (step === undefined || typeof value !== "object" || value === null) return put;
    const keys = Object.keys(value);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return put;
    const copy = structuredClone(value) as Record<string, unknown>;
    copy[key] = mutate(copy[key], rest, put);
    return copy;
  }

  const mutated = fc
    .tuple(
      fc.constantFrom(...DIALECTS),
      fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }), junk), { maxLength: 3 }),
    )
    .map(([name, changes]) =>
      changes.reduce<unknown>((event, [steps, put]) => mutate(event, steps, put), announcedFile(name)),
    );
  const odd = fc.dictionary(
    fc.constantFrom(
      "notificationType",
      "mail",
      "receipt",
      "content",
      "eventSource",
      "eventName",
      "s3",
      "source",
      "detail-type",
      "detail",
      "Type",
      "__proto__",
    ),
    junk,
  );

  /** What came of a payload, and that it can only be one of three things. */
  function outcomeOf(payload: unknown): string {
    try {
      const announced = readAnnouncement(payload, at);
      if (announced.kind === "ignored") return announced.name;
      const { arrival } = announced;
      expect(arrival.storageKey.endsWith(arrival.sesMessageId) || arrival.receipt !== undefined).toBe(true);
      expect(arrival.receipt?.storageKey ?? arrival.storageKey).toBe(arrival.storageKey);
      expect(bucketOf(payload) ?? BUCKET).toBe(BUCKET);
      return arrival.storageKey;
    } catch (error) {
      if (!(error instanceof MalformedEventError || error instanceof LossyContentError)) throw error;
      expect(error.message).toMatch(/^at/);
      expect(error.message).not.toMatch(/Monitor|Pump|monitor@|alerts@/);
      return error.message;
    }
  }

  /** The bucket that a payload names for its mail, read anew and without any check. */
  function bucketOf(payload: unknown): unknown {
    const { s3, detail, receipt } = payload as Record<string, Record<string, Record<string, unknown>>>;
    const action = receipt?.["action"];
    return (
      s3?.["bucket"]?.["name"] ??
      detail?.["bucket"]?.["name"] ??
      (action?.["type"] === "S3" ? action["bucketName"] : undefined)
    );
  }

  test("gives a mail of our bucket, a name of ours, or one of two errors without content; and the same twice", () => {
    fc.assert(
      fc.property(fc.oneof(mutated, odd, fc.anything()), (event) => {
        for (const delivered of unwrapEvent(event, { storeEvents: true }))
          if (delivered.error === undefined) expect(outcomeOf(delivered.payload)).toBe(outcomeOf(delivered.payload));
        outcomeOf(event);
      }),
      { numRuns: 2_000 },
    );
  });
});
