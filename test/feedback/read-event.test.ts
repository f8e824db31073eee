import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MalformedEventError } from "../../shared/errors.ts";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { readFeedbackEvent } from "../../shared/feedback/read-event.ts";
import { unwrapEvent } from "../../shared/lambda/unwrap.ts";
import { eventFile } from "../support/ses-events.ts";
import { TRANSPORTS } from "../support/transports.ts";

type Json = Record<string, unknown>;

function file(name: string): Json {
  return eventFile(`feedback/${name}`) as Json;
}

/** A payload with fields of its inner objects replaced; `undefined` takes a field away. */
function changed(name: string, changes: Readonly<Record<string, Json>>): Json {
  const payload = file(name);
  for (const [key, change] of Object.entries(changes)) payload[key] = { ...(payload[key] as Json), ...change };
  return JSON.parse(JSON.stringify(payload)) as Json;
}

const bounce = (change: Json) => changed("bounce-notification", { bounce: change });

function feedbackOf(payload: unknown): readonly Feedback[] {
  const read = readFeedbackEvent(payload);
  if (read.kind !== "feedback") throw new Error(`it is ${read.kind}`);
  return read.feedback;
}

function problemOf(payload: unknown): string {
  try {
    readFeedbackEvent(payload);
  } catch (error) {
    if (error instanceof MalformedEventError) return error.message;
    throw error;
  }
  throw new Error("it was read");
}

describe("every kind of report becomes feedback, one a recipient, with all that it says", () => {
  const tags = {
    "ses:configuration-set": ["acme-default"],
    "ses:from-domain": ["acme.example"],
    "ses:caller-identity": ["acme-notifier"],
    stream: ["alerts"],
  };
  const mail = (number: number, more = {}) => ({
    messageId: `0102019a1f00000${number}-5d6e7f80-1111-4222-8333-abcdefabcdef-000000`,
    messageIdHeader: null,
    sentAt: "2026-11-21T07:41:17.205Z",
    source: "alerts@acme.example",
    tags: {},
    ...more,
  });
  const id = (number: number) => `0102019a2f00000${number}-1b2c3d4e-aaaa-4bbb-8ccc-0123456789ab-000000`;
  const noStatus = { action: null, status: null, diagnosticCode: null, reportingMta: null };

  test.each<{ name: string; feedback: unknown[] }>([
    {
      name: "bounce-notification",
      feedback: [
        {
          kind: "bounce",
          id: id(1),
          recipient: "gone@partner.example",
          at: "2026-11-21T07:41:19.000Z",
          via: "notification",
          trusted: true,
          mail: mail(1, { messageIdHeader: "<4711.alert@acme.example>" }),
          action: "failed",
          status: "5.1.1",
          diagnosticCode: "smtp; 550 5.1.1 <gone@partner.example>: Recipient address rejected: User unknown",
          reportingMta: "dns; b224-9.smtp-out.eu-west-1.amazonses.com",
          bounceType: "Permanent",
          bounceSubType: "General",
          reason: "userUnknown",
        },
      ],
    },
    {
      name: "bounce-event",
      feedback: [
        {
          kind: "bounce",
          id: id(2),
          recipient: "full@partner.example",
          at: "2026-11-21T09:00:00.000Z",
          via: "event",
          trusted: true,
          mail: mail(2, { messageIdHeader: "<4711.alert@acme.example>", tags }),
          action: "failed",
          status: "4.2.2",
          diagnosticCode: "smtp; 452 4.2.2 The email account that you tried to reach is over quota",
          reportingMta: "dns; mx.partner.example",
          bounceType: "Transient",
          bounceSubType: "MailboxFull",
          reason: "mailboxFull",
        },
      ],
    },
    {
      name: "bounce-without-dsn",
      feedback: ["one@partner.example", "two@partner.example"].map((recipient) => ({
        kind: "bounce",
        id: id(3),
        recipient,
        at: "2026-11-21T09:00:00.000Z",
        via: "notification",
        trusted: true,
        mail: mail(3),
        ...noStatus,
        bounceType: "Undetermined",
        bounceSubType: "Undetermined",
        reason: "undefined",
      })),
    },
    {
      name: "complaint-notification",
      feedback: [
        {
          kind: "complaint",
          id: id(5),
          recipient: "angry@isp.example",
          at: "2026-11-22T15:03:11.000Z",
          via: "notification",
          trusted: true,
          mail: mail(5),
          feedbackType: "abuse",
          complaintSubType: null,
          candidates: 1,
          userAgent: "PartnerFBL/2.1",
          arrivedAt: "2026-11-22T15:00:05.000Z",
        },
      ],
    },
    {
      name: "complaint-event",
      feedback: ["one@isp.example", "two@isp.example"].map((recipient) => ({
        kind: "complaint",
        id: id(6),
        recipient,
        at: "2026-11-22T15:03:11.000Z",
        via: "event",
        trusted: true,
        mail: mail(6, { messageIdHeader: "<4711.alert@acme.example>", tags }),
        feedbackType: "not-spam",
        complaintSubType: null,
        candidates: 2,
        userAgent: null,
        arrivedAt: null,
      })),
    },
    {
      name: "delay-event",
      feedback: [
        {
          kind: "delay",
          id: `${mail(7).messageId}/2026-11-23T06:20:00.000Z`,
          recipient: "slow@partner.example",
          at: "2026-11-23T06:20:00.000Z",
          via: "event",
          trusted: true,
          mail: mail(7, { tags: { "ses:configuration-set": ["acme-default"] } }),
          action: null,
          status: "4.4.1",
          diagnosticCode: "smtp; 421 4.4.1 Unable to connect to remote host",
          reportingMta: null,
          delayType: "TransientCommunicationFailure",
          reason: "networkError",
          expiresAt: "2026-11-23T20:10:00.000Z",
        },
      ],
    },
    {
      name: "delivery-notification",
      feedback: [
        {
          kind: "delivery",
          id: mail(8).messageId,
          recipient: "there@partner.example",
          at: "2026-11-23T06:20:01.500Z",
          via: "notification",
          trusted: true,
          mail: mail(8),
          action: null,
          status: null,
          diagnosticCode: "250 2.0.0 OK 1795246880 queued as 4711",
          reportingMta: "a8-70.smtp-out.eu-west-1.amazonses.com",
        },
      ],
    },
    {
      name: "delivery-event",
      feedback: [
        {
          kind: "delivery",
          id: mail(9).messageId,
          recipient: "there@partner.example",
          at: "2026-11-23T06:20:01.500Z",
          via: "event",
          trusted: true,
          mail: mail(9, { messageIdHeader: "<4711.alert@acme.example>", tags }),
          ...noStatus,
        },
      ],
    },
  ])("$name", ({ name, feedback }) => {
    expect(feedbackOf(file(name))).toEqual(feedback);
  });

  test("a list that mixes the failed, the late and the delivered: each becomes what it is, of the same report", () => {
    const mixed = feedbackOf(file("bounce-mixed"));
    expect(mixed.map((each) => [each.kind, each.recipient, each.kind !== "complaint" && each.action])).toEqual([
      ["bounce", "gone@partner.example", "failed"],
      ["delay", "slow@partner.example", "delayed"],
      ["delivery", "there@partner.example", "delivered"],
      ["delivery", "on@partner.example", "relayed"],
      ["delivery", "list@partner.example", "expanded"],
    ]);
    expect(new Set(mixed.map((each) => each.id)).size).toBe(1);
    expect(mixed[1]).toMatchObject({ delayType: null, expiresAt: null, status: "4.4.1", reason: "networkError" });
    expect(mixed[2]).not.toHaveProperty("bounceType");
  });
});

describe("trap 1.1, feedback dialects mixed: either dialect by every transport", () => {
  const reports = ["bounce", "complaint", "delivery"].flatMap((kind) =>
    ["notification", "event"].map((dialect) => ({ kind, dialect })),
  );
  test.each(TRANSPORTS.flatMap((transport) => reports.map((report) => ({ ...transport, ...report }))))(
    "$kind $dialect: $way",
    ({ wrap, kind, dialect }) => {
      const payload = file(`${kind}-${dialect}`);
      const [delivered, ...more] = [...unwrapEvent(wrap(payload))];
      expect([delivered?.error, more]).toEqual([undefined, []]);
      const read = delivered?.error === undefined ? feedbackOf(delivered?.payload) : [];
      expect(read).toEqual(feedbackOf(payload));
      expect(read).toMatchObject(read.map(() => ({ kind, via: dialect })));
    },
  );

  test.each(["Bounce", "Complaint", "Delivery", "DeliveryDelay"])("%s is read by either discriminator", (name) => {
    const names: Record<string, string> = {
      Bounce: "bounce-event",
      Complaint: "complaint-event",
      Delivery: "delivery-event",
    };
    const { eventType, ...rest } = file(names[name] ?? "delay-event");
    expect(eventType).toBe(name);
    expect(feedbackOf({ ...rest, notificationType: name })).toMatchObject(
      [{ via: "notification" }, {}].slice(0, name === "Complaint" ? 2 : 1),
    );
  });
});

describe("trap 1.7, destination[0] used: who is named in the report is meant, never who the mail was sent to", () => {
  test.each([
    ["bounce-notification", ["gone@partner.example"]],
    ["bounce-without-dsn", ["one@partner.example", "two@partner.example"]],
    ["complaint-notification", ["angry@isp.example"]],
    ["complaint-event", ["one@isp.example", "two@isp.example"]],
    ["delay-event", ["slow@partner.example"]],
    ["delivery-notification", ["there@partner.example"]],
  ])("%s -> %j", (name, recipients) => {
    const payload = changed(name, { mail: { destination: ["first@partner.example", "bcc@partner.example"] } });
    expect(feedbackOf(payload).map(({ recipient }) => recipient)).toEqual(recipients);
  });

  test.each([
    ["bounce-notification", "bounce", "bouncedRecipients"],
    ["complaint-notification", "complaint", "complainedRecipients"],
    ["delay-event", "deliveryDelay", "delayedRecipients"],
    ["delivery-notification", "delivery", "recipients"],
  ])("%s with no recipients is refused, although the mail has a destination", (name, key, list) => {
    expect(problemOf(changed(name, { [key]: { [list]: [] } }))).toBe(
      `${key}.${list}: expected at least one recipient, got an empty array`,
    );
    expect(problemOf(changed(name, { [key]: { [list]: undefined } }))).toBe(
      `${key}.${list}: expected an array of recipients, got nothing`,
    );
  });
});

describe("addresses", () => {
  test.each([
    ["gone@partner.example", "gone@partner.example"],
    ["  gone@partner.example\r\n", "gone@partner.example"],
    ["<gone@partner.example>", "gone@partner.example"],
    ['"Jane" <gone@partner.example>', "gone@partner.example"],
    ["Jane Doe <Gone@Partner.Example>", "Gone@Partner.Example"],
    ['"Doe, <Jane>" <gone@partner.example>', "gone@partner.example"],
    ["gone@partner.example (Jane Doe)", "gone@partner.example"],
    ['"jane doe"@partner.example', '"jane doe"@partner.example'],
    ["jane+news@partner.example", "jane+news@partner.example"],
    ["用户@例子.example", "用户@例子.example"],
    ["local-user", "local-user"],
  ])("recipient %j -> %j", (emailAddress, recipient) => {
    expect(feedbackOf(bounce({ bouncedRecipients: [{ emailAddress }] }))).toMatchObject([{ recipient }]);
  });

  test.each([
    ["Acme Alerts <alerts@acme.example>", "alerts@acme.example"],
    ["<>", "<>"],
    ["", null],
    [undefined, null],
    [5, null],
  ])("source %j -> %j", (source, expected) => {
    const [read] = feedbackOf(changed("bounce-event", { mail: { source } }));
    expect(read?.mail.source).toBe(expected);
  });

  test.each(["", "  "])("a recipient without one (%j) does not keep the others from being read", (emailAddress) => {
    const bouncedRecipients = [{ emailAddress }, { emailAddress: "a@partner.example" }];
    expect(feedbackOf(bounce({ bouncedRecipients })).map(({ recipient }) => recipient)).toEqual(["a@partner.example"]);
    expect(problemOf(bounce({ bouncedRecipients: [{ emailAddress }] }))).toContain(
      "expected at least one e-mail address",
    );
  });

  test("what stands before a semicolon is no address type: `jane;boss@` is not boss", () => {
    const [read] = feedbackOf(bounce({ bouncedRecipients: [{ emailAddress: "jane;boss@partner.example" }] }));
    expect(read?.recipient).toBe("jane;boss@partner.example");
  });

  test("one that a complaint leaves empty may have been who complained", () => {
    const complainedRecipients = [{ emailAddress: "" }, { emailAddress: "one@isp.example" }];
    const complained = changed("complaint-notification", { complaint: { complainedRecipients } });
    expect(feedbackOf(complained)).toMatchObject([{ recipient: "one@isp.example", candidates: 2 }]);
  });

  test.each([undefined, null, 5, ["gone@partner.example"]])(
    "a recipient without one (%j) is refused",
    (emailAddress) => {
      const path = "bounce.bouncedRecipients[1].emailAddress";
      const problem = problemOf(
        bounce({ bouncedRecipients: [{ emailAddress: "a@partner.example" }, { emailAddress }] }),
      );
      expect(problem.startsWith(`${path}: expected an e-mail address, got `)).toBe(true);
    },
  );

  test("the same recipient named twice is one, its first naming counts, and is no second candidate", () => {
    const twice = ["One@isp.example", "one@isp.example", "<one@isp.example>"].map((emailAddress) => ({ emailAddress }));
    const complained = changed("complaint-notification", { complaint: { complainedRecipients: twice } });
    expect(feedbackOf(complained)).toMatchObject([{ recipient: "One@isp.example", candidates: 1 }]);
    expect(feedbackOf(bounce({ bouncedRecipients: twice }))).toHaveLength(1);
    expect(
      feedbackOf(changed("delivery-event", { delivery: { recipients: ["a@b.example", "a@B.example"] } })),
    ).toHaveLength(1);
    const late = { emailAddress: "one@isp.example", action: "delayed" };
    expect(feedbackOf(bounce({ bouncedRecipients: [...twice, late] })).map(({ kind }) => kind)).toEqual([
      "bounce",
      "delay",
    ]);
  });
});

describe("bounces", () => {
  test.each([
    ["Permanent", "Permanent"],
    ["PERMANENT", "Permanent"],
    ["transient", "Transient"],
    ["UnDetermined", "Undetermined"],
  ])("bounceType %s is %s", (given, bounceType) => {
    expect(feedbackOf(bounce({ bounceType: given }))).toMatchObject([{ bounceType }]);
  });

  test.each([
    ["Soft", '"Soft"'],
    [undefined, "nothing"],
    [5, "a number"],
    ["ana@client.example wrote", "a string of 24 characters"],
  ])("bounceType %j is refused", (bounceType, got) => {
    expect(problemOf(bounce({ bounceType }))).toBe(
      `bounce.bounceType: expected "Permanent" or "Transient" or "Undetermined", got ${got}`,
    );
  });

  const failed = { emailAddress: "a@partner.example" };
  const gone = { ...failed, status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 user unknown" };
  test.each([
    { bounceType: "Permanent", bounceSubType: "General", told: gone, reason: "userUnknown" },
    { bounceType: "Permanent", bounceSubType: "NoEmail", told: gone, reason: "userUnknown" },
    { bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList", told: gone, reason: "undefined" },
    { bounceType: "Permanent", bounceSubType: "UnsubscribedRecipient", told: gone, reason: "undefined" },
    { bounceType: "Permanent", bounceSubType: "Suppressed", told: gone, reason: "undefined" },
    { bounceType: "Transient", bounceSubType: "General", told: gone, reason: "userUnknown" },
    { bounceType: "Transient", bounceSubType: "General", told: failed, reason: "undefined" },
    { bounceType: "Transient", bounceSubType: "MailboxFull", told: failed, reason: "mailboxFull" },
    { bounceType: "Transient", bounceSubType: "MessageTooLarge", told: failed, reason: "tooLarge" },
    { bounceType: "Transient", bounceSubType: "ContentRejected", told: failed, reason: "contentRejected" },
    { bounceType: "Transient", bounceSubType: "AttachmentRejected", told: failed, reason: "contentRejected" },
    { bounceType: "Transient", bounceSubType: "CustomTimeoutExceeded", told: failed, reason: "expired" },
    { bounceType: "Transient", bounceSubType: "NewerThanUs", told: gone, reason: "userUnknown" },
    { bounceType: "Transient", bounceSubType: "constructor", told: failed, reason: "undefined" },
  ])("$bounceType/$bounceSubType with $told.status is kept as it is, for the reason $reason", ({ told, ...rest }) => {
    const { reason, ...types } = rest;
    const read = feedbackOf(bounce({ ...types, bouncedRecipients: [told] }));
    expect(read).toMatchObject([{ ...types, reason, bounceType: types.bounceType }]);
  });

  test.each([
    ["Permanent", "General"],
    ["Transient", "General"],
    ["Undetermined", "Undetermined"],
  ])("%s without a subtype is %s", (bounceType, bounceSubType) => {
    expect(feedbackOf(bounce({ bounceType, bounceSubType: undefined }))).toMatchObject([{ bounceSubType }]);
  });

  test.each([
    { status: "5.0.0 (permanent failure)", diagnosticCode: undefined, read: "5.0.0" },
    { status: undefined, diagnosticCode: "smtp; 550 5.7.1 blocked", read: "5.7.1" },
    { status: "4.4.7", diagnosticCode: "smtp; 550 5.1.1 unknown", read: "5.1.1" },
    { status: "nonsense", diagnosticCode: "nonsense", read: null },
    { status: 511, diagnosticCode: ["550"], read: null },
    { status: undefined, diagnosticCode: undefined, read: null },
  ])("status $status with $diagnosticCode is $read", ({ status, diagnosticCode, read }) => {
    const [told] = feedbackOf(bounce({ bouncedRecipients: [{ ...failed, action: "failed", status, diagnosticCode }] }));
    expect(told).toMatchObject({
      status: read,
      diagnosticCode: typeof diagnosticCode === "string" ? diagnosticCode : null,
    });
  });

  test.each([[[]], [[{}]], [[{ emailAddress: "" }, { emailAddress: " " }]], [undefined]])(
    "Permanent/NoEmail that names nobody (%j) says nothing against anybody",
    (bouncedRecipients) => {
      expect(readFeedbackEvent(bounce({ bounceSubType: "NoEmail", bouncedRecipients }))).toEqual({
        kind: "ignored",
        name: "Bounce without a recipient",
      });
    },
  );
});

describe("complaints", () => {
  test.each([
    ["Abuse", "abuse"],
    [" NOT-SPAM ", "not-spam"],
    ["newer-than-us", "newer-than-us"],
    ["", null],
    [null, null],
    [undefined, null],
  ])("feedback type %j is %j", (complaintFeedbackType, feedbackType) => {
    const payload = changed("complaint-notification", { complaint: { complaintFeedbackType } });
    expect(feedbackOf(payload)).toMatchObject([{ feedbackType }]);
  });

  test.each([
    [null, null],
    [undefined, null],
    ["", null],
    ["OnAccountSuppressionList", "OnAccountSuppressionList"],
  ])("subtype %j is %j", (given, complaintSubType) => {
    const payload = changed("complaint-notification", { complaint: { complaintSubType: given } });
    expect(feedbackOf(payload)).toMatchObject([{ complaintSubType }]);
  });
});

test.each([
  ["InternalFailure", "systemError"],
  ["General", "networkError"],
  ["MailboxFull", "mailboxFull"],
  ["MAILBOXFULL", "mailboxFull"],
  ["SpamDetected", "blocked"],
  ["RecipientServerError", "systemError"],
  ["IPFailure", "blocked"],
  ["TransientCommunicationFailure", "networkError"],
  ["BYOIPHostNameLookupUnavailable", "networkError"],
  ["Undetermined", "networkError"],
  ["SendingDeferral", "rateLimited"],
  [undefined, "networkError"],
])("a delay of the type %s, with 4.4.1, has the reason %s", (delayType, reason) => {
  const [read] = feedbackOf(changed("delay-event", { deliveryDelay: { delayType } }));
  expect(read).toMatchObject({ delayType: delayType ?? null, reason });
});

describe("times", () => {
  test.each([
    ["2018-10-08T14:05:45 +0000", "2018-10-08T14:05:45.000Z"],
    ["2026-11-22T10:00:05.000-05:00", "2026-11-22T15:00:05.000Z"],
    ["2026-11-22T10:00:05Z", "2026-11-22T10:00:05.000Z"],
    ["yesterday", null],
    ["", null],
    [undefined, null],
    [1_795_246_880_000, null],
    [`2026-11-22T10:00:05${" ".repeat(50)}Z`, null],
  ])("%j is %j", (timestamp, at) => {
    expect(feedbackOf(bounce({ timestamp }))).toMatchObject([{ at }]);
    const [sent] = feedbackOf(changed("bounce-event", { mail: { timestamp } }));
    expect(sent?.mail.sentAt).toBe(at);
  });
});

describe("trap 1.11, an id too coarse: reports keep their ids, and no two become one", () => {
  const idOf = (payload: unknown) => feedbackOf(payload)[0]?.id;

  test("two bounces of one mail have two ids", () => {
    expect(idOf(bounce({ feedbackId: "a" }))).toBe("a");
    expect(idOf(bounce({ feedbackId: "b" }))).toBe("b");
  });

  test.each([undefined, "", null, 5, "with a space", "x".repeat(201), "käse"])(
    "feedbackId %j: one is made of what the report says",
    (feedbackId) => {
      const id = idOf(bounce({ feedbackId }));
      expect(id).toMatch(/^sha256-[\da-f]{40}$/);
      expect(idOf(bounce({ feedbackId, newField: "that SES adds later" }))).toBe(id);
      const { mail, ...rest } = bounce({ feedbackId });
      expect(idOf({ mail, ...rest })).toBe(id);
      const others = [
        bounce({ feedbackId, timestamp: "2026-11-21T07:41:20.000Z" }),
        bounce({ feedbackId, bounceType: "Transient" }),
        bounce({ feedbackId, bouncedRecipients: [{ emailAddress: "gone@partner.example" }] }),
        { ...bounce({ feedbackId }), mail: { messageId: "another" } },
        changed("complaint-notification", { complaint: { feedbackId } }),
      ].map(idOf);
      expect(new Set([id, ...others]).size).toBe(6);
    },
  );

  test("a mail can be late twice, and is delivered once", () => {
    const late = (timestamp: unknown) => idOf(changed("delay-event", { deliveryDelay: { timestamp } }));
    expect(
      new Set([late("2026-11-23T06:20:00Z"), late("2026-11-23T06:40:00Z"), late("whenever"), late(undefined)]).size,
    ).toBe(4);
    expect(late("2026-11-23T06:20:00Z")).toBe(late("2026-11-23T07:20:00+01:00"));
    const there = (change: Json) => idOf(changed("delivery-event", change as Record<string, Json>));
    expect(there({ delivery: { smtpResponse: "250 ok" } })).toBe(there({}));
    expect(there({ mail: { messageId: undefined } })).toMatch(/^sha256-/);
    expect(idOf(changed("delay-event", { mail: { messageId: undefined } }))).toMatch(/^sha256-/);
  });
});

describe("trap 1.9, a schema stricter than reality: what is not needed may be missing or odd", () => {
  test.each([
    ["no mail at all", undefined],
    ["a mail of another type", "none"],
    ["an empty mail", {}],
    ["odd fields", { messageId: 5, timestamp: {}, source: [], headers: "none", commonHeaders: 5, tags: [1] }],
    ["odd headers", { headers: [5, { name: "X" }, null] }],
  ])("%s", (_, mail) => {
    const [read] = feedbackOf({ ...file("bounce-notification"), mail });
    expect(read).toMatchObject({ recipient: "gone@partner.example", id: expect.stringMatching(/^0102/) });
    expect(read?.mail).toEqual({ messageId: null, messageIdHeader: null, sentAt: null, source: null, tags: {} });
  });

  test.each([
    [{ headers: [{ name: "message-ID", value: " <a@b.example>" }] }, "<a@b.example>"],
    [
      { headers: [{ name: "X", value: "<a@b.example>" }], commonHeaders: { messageId: "<c@d.example>" } },
      "<c@d.example>",
    ],
    [{ headers: undefined, commonHeaders: { messageId: "0102019a1f000001-5d6e7f80" } }, null],
    [{ headers: undefined, commonHeaders: undefined }, null],
  ])("%j: the Message-ID is %j", (mail, messageIdHeader) => {
    const [read] = feedbackOf(changed("bounce-event", { mail }));
    expect(read?.mail.messageIdHeader).toBe(messageIdHeader);
  });
});

describe("what is known and no feedback", () => {
  test.each(["Open", "Click", "Send", "Subscription", "Reject", "Rendering Failure", "Received"])(
    "%s is ignored by its name",
    (name) => {
      for (const key of ["eventType", "notificationType"])
        expect(readFeedbackEvent({ [key]: name, mail: {} })).toEqual({ kind: "ignored", name });
    },
  );

  test.each([
    {
      given: "Successfully validated SNS topic for Amazon SES event publishing.",
      kind: "control",
      name: "TopicValidated",
    },
    {
      given: "Successfully validated SNS topic for Amazon SES event publishing.\n",
      kind: "control",
      name: "TopicValidated",
    },
    {
      given: { notificationType: "AmazonSnsSubscriptionSucceeded", message: "You have successfully subscribed" },
      kind: "control",
      name: "AmazonSnsSubscriptionSucceeded",
    },
    {
      given: { Type: "SubscriptionConfirmation", SubscribeURL: "http://127.0.0.1:1/" },
      kind: "control",
      name: "SubscriptionConfirmation",
    },
    { given: { Type: "UnsubscribeConfirmation", Message: "x" }, kind: "control", name: "UnsubscribeConfirmation" },
    { given: { Service: "Amazon S3", Event: "s3:TestEvent" }, kind: "control", name: "s3:TestEvent" },
    { given: { mail: {}, receipt: {} }, kind: "ignored", name: "Received" },
  ])("$kind $name", ({ given, kind, name }) => {
    expect(readFeedbackEvent(given)).toEqual({ kind, name });
  });
});

describe("everything else is refused, with its place", () => {
  const names =
    "one of Bounce, Complaint, Delivery, DeliveryDelay, Send, Reject, Open, Click, Rendering Failure, Subscription, Received, AmazonSnsSubscriptionSucceeded";
  test.each([
    { given: null, problem: "event: expected a notification or event of SES, got nothing" },
    { given: "hello", problem: "event: expected a notification or event of SES, got a string of 5 characters" },
    { given: [], problem: "event: expected a notification or event of SES, got an empty array" },
    { given: {}, problem: `notificationType: expected ${names}, got nothing` },
    { given: { eventType: "Teleport" }, problem: `eventType: expected ${names}, got "Teleport"` },
    { given: { eventType: "bounce" }, problem: `eventType: expected ${names}, got "bounce"` },
    { given: { eventType: "constructor" }, problem: `eventType: expected ${names}, got "constructor"` },
    {
      given: { notificationType: "ana@client.example" },
      problem: `notificationType: expected ${names}, got a string of 18 characters`,
    },
    { given: { notificationType: ["Bounce"] }, problem: `notificationType: expected ${names}, got an array` },
    {
      given: { Type: "Notification", mail: {}, receipt: {} },
      problem: `notificationType: expected ${names}, got nothing`,
    },
    { given: { eventType: "Bounce" }, problem: "bounce: expected the bounce object, got nothing" },
    {
      given: { eventType: "Complaint", complaint: [] },
      problem: "complaint: expected the complaint object, got an empty array",
    },
    { given: { eventType: "DeliveryDelay" }, problem: "deliveryDelay: expected the deliveryDelay object, got nothing" },
    {
      given: { eventType: "Delivery", delivery: "x" },
      problem: "delivery: expected the delivery object, got a string of 1 characters",
    },
    {
      given: bounce({ bouncedRecipients: ["gone@partner.example"] }),
      problem: "bounce.bouncedRecipients[0]: expected an object with emailAddress, got a string of 20 characters",
    },
    {
      given: changed("delivery-event", { delivery: { recipients: [{ emailAddress: "x" }] } }),
      problem: "delivery.recipients[0]: expected an e-mail address, got an object",
    },
  ])("$problem", ({ given, problem }) => {
    expect(problemOf(given)).toBe(problem);
  });

  test("the place within the event that carried it is told", () => {
    const within = "Records[3].Sns.Message";
    expect(() => readFeedbackEvent({ eventType: "Bounce" }, within)).toThrow(
      `${within}.bounce: expected the bounce object`,
    );
    expect(() => readFeedbackEvent("hello", within)).toThrow(`${within}: expected a notification or event of SES`);
  });
});

describe("any JSON at all", () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom("", "SECRET@x.example", "5.1.1", "__proto__", -0, null));
  const field = (usual: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });
  const text = field(fc.string({ unit: "binary" }));
  const recipient = field(
    fc.record(
      {
        emailAddress: field(fc.oneof(fc.emailAddress(), fc.string({ minLength: 1 }))),
        action: field(fc.constantFrom("failed", "delayed", "DELIVERED", "relayed", "other")),
        status: text,
        diagnosticCode: text,
      },
      { requiredKeys: ["emailAddress"] },
    ),
  );
  const report = field(
    fc.record(
      {
        bounceType: field(fc.constantFrom("Permanent", "transient", "Undetermined")),
        bounceSubType: field(fc.constantFrom("General", "MailboxFull", "NoEmail", "Newer")),
        bouncedRecipients: field(fc.array(recipient, { minLength: 1, maxLength: 3 })),
        complainedRecipients: field(fc.array(recipient, { minLength: 1, maxLength: 3 })),
        delayedRecipients: field(fc.array(recipient, { minLength: 1, maxLength: 3 })),
        recipients: field(fc.array(text, { maxLength: 3 })),
        timestamp: text,
        feedbackId: text,
        complaintFeedbackType: text,
      },
      { requiredKeys: ["bounceType", "bouncedRecipients", "complainedRecipients", "delayedRecipients"] },
    ),
  );
  const name = field(fc.constantFrom("Bounce", "Complaint", "Delivery", "DeliveryDelay", "Open"));
  const payload = fc.oneof(
    odd,
    fc.record(
      {
        eventType: name,
        notificationType: name,
        bounce: report,
        complaint: report,
        delivery: report,
        deliveryDelay: report,
        mail: field(fc.record({ messageId: text, source: text, headers: odd, tags: odd }, { requiredKeys: [] })),
        Type: odd,
      },
      { requiredKeys: ["bounce", "complaint", "delivery", "deliveryDelay"] },
    ),
  );

  test("gives a FeedbackEvent or a MalformedEventError without content, and the same each time", () => {
    let feedback = 0;
    fc.assert(
      fc.property(payload, (given) => {
        const attempt = (): unknown => {
          try {
            return readFeedbackEvent(given);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedEventError);
            expect((error as Error).message).not.toContain("SECRET");
            return (error as Error).message;
          }
        };
        const read = attempt();
        expect(attempt()).toEqual(read);
        if (typeof read === "string") return;
        const event = read as ReturnType<typeof readFeedbackEvent>;
        expect(["feedback", "control", "ignored"]).toContain(event.kind);
        if (event.kind !== "feedback") return;
        feedback += 1;
        expect(event.feedback.length).toBeGreaterThan(0);
        for (const { id, recipient } of event.feedback) {
          expect(recipient.trim()).not.toBe("");
          expect(id).toMatch(/^[!-~]{1,230}$/);
        }
        const keys = event.feedback.map((each) => `${each.kind} ${each.recipient.toLowerCase()}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 3_000 },
    );
    expect(feedback).toBeGreaterThan(100);
  });
});
