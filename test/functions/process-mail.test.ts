import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { isMetrics, metricsIn } from "../support/embedded-metrics.ts";
import { type FakeS3, startFakeS3 } from "../support/fake-s3.ts";
import { type FakeSns, startFakeSns } from "../support/fake-sns.ts";
import { runLambda } from "../support/lambda-process.ts";
import { type LocalDynamo, startLocalDynamo } from "../support/local-dynamo.ts";
import { eventFile, sesEvent } from "../support/ses-events.ts";
import { records, sqsRecord } from "../support/transports.ts";

const RULES = `
rules:
  - name: pressure
    when: { keywords: ["pressure low", 障害] }
    alert: { topic: oncall, severity: critical }
`;
const ID = "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j81";
const MAIL = [
  "Return-Path: <monitor@partner.example>",
  "From: Monitor <monitor@partner.example>",
  "To: desk@acme.example",
  "Subject: Pump station 7: pressure low",
  "Date: Mon, 23 Nov 2026 08:41:09 +0100",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "Ask for Valentina, the code of the door is 4711.",
  "",
].join("\r\n");

// Each run is a process with a cold start.
vi.setConfig({ testTimeout: 30_000 });

const SUPPRESSION_TABLE = "acme-suppression";
const MAIL_TABLE = "acme-mail";

let s3: FakeS3;
let sns: FakeSns;
let dynamo: LocalDynamo;
let env: Record<string, string>;

beforeEach(async () => {
  s3 = await startFakeS3();
  sns = await startFakeSns();
  dynamo = await startLocalDynamo(SUPPRESSION_TABLE, MAIL_TABLE);
  const topics = ["default", "operator", "oncall"].map((name) => `${name}=${sns.createTopic(`acme-${name}`)}`);
  env = {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    MAILROOM_MAIL_BUCKET: "acme-inbound",
    MAILROOM_MAIL_PREFIX: "inbound",
    MAILROOM_MAIL_TABLE: MAIL_TABLE,
    MAILROOM_TOPICS: topics.join(","),
  };
  s3.objects.set(`acme-inbound/inbound/${ID}`, Buffer.from(MAIL));
});

afterEach(async () => {
  await s3.close();
  await sns.close();
  await dynamo.close();
});

/** S3's own word of the stored mail. */
function storeEvent() {
  const object = { key: `inbound/${ID}`, size: MAIL.length };
  const s3 = { s3SchemaVersion: "1.0", bucket: { name: "acme-inbound" }, object };
  return { Records: [{ eventVersion: "2.1", eventSource: "aws:s3", eventName: "ObjectCreated:Put", s3 }] };
}

const run = (...events: unknown[]) => runLambda("process-mail", { env, rules: RULES, events });

describe("process-mail", () => {
  test("reads the stored mail that an event announces, and alerts", async () => {
    const { outcomes, logged } = await run(sesEvent());
    expect(outcomes).toEqual([{ answer: null }]);
    expect(s3.requests).toEqual([`GetObject acme-inbound/inbound/${ID}`]);
    expect(sns.published).toHaveLength(1);
    expect(sns.published[0]?.topicArn).toMatch(/:acme-oncall$/);
    expect(JSON.parse(sns.published[0]?.bodies["default"] ?? "")).toMatchObject({
      rule: "pressure",
      severity: "critical",
      sesMessageId: ID,
      envelope: { recipients: ["alerts@mail.acme.example", "oncall@mail.acme.example"] },
      verdicts: { dkim: "FAIL", dmarc: "FAIL" },
    });
    expect(logged).toMatchObject([
      { level: "INFO", requestId: "request-0", sesMessageId: ID, outcome: "processed", rules: ["pressure"] },
    ]);
  });

  test("reads every record of an event, and event after event", async () => {
    s3.objects.set("acme-inbound/inbound/second", Buffer.from(MAIL.replace("pressure low", "all is well")));
    const [first] = sesEvent().Records;
    const [second] = sesEvent({ mail: { messageId: "second" } }).Records;
    const { logged } = await run({ Records: [first, second] }, { Records: [second] });
    expect(logged.map(({ sesMessageId, requestId, outcome }) => [sesMessageId, requestId, outcome])).toEqual([
      [ID, "request-0", "processed"],
      ["second", "request-0", "processed"],
      ["second", "request-1", "duplicate"],
    ]);
    expect(sns.published).toHaveLength(1);
  });

  test("never twice: the same mail announced in four ways is handled once, and its record is in the mail table", async () => {
    const { outcomes, logged } = await run(sesEvent(), storeEvent(), records(sqsRecord(storeEvent())), sesEvent());
    expect(outcomes).toEqual([
      { answer: null },
      { answer: null },
      { answer: { batchItemFailures: [] } },
      { answer: null },
    ]);
    expect(logged.map(({ outcome }) => outcome)).toEqual(["processed", "duplicate", "duplicate", "duplicate"]);
    expect(sns.published).toHaveLength(1);
    expect((await dynamoMailLog(dynamo.client, MAIL_TABLE).find(ID))?.record).toMatchObject({
      outcome: "processed",
      actions: [{ rule: "pressure", status: "done" }],
    });
  });

  test("a message of SQS that fails is named, and the others of its batch are done", async () => {
    const broken = sqsRecord({ nobody: "knows this" }, "broken-message");
    const { outcomes } = await run(records(broken, sqsRecord(storeEvent(), "good-message")));
    expect(outcomes).toEqual([{ answer: { batchItemFailures: [{ itemIdentifier: "broken-message" }] } }]);
    expect(sns.published).toHaveLength(1);
  });

  test("waits for a mail that is not in the bucket yet", async () => {
    s3.fail({ operation: "GetObject", answer: "NoSuchKey" });
    expect((await run(sesEvent())).outcomes).toEqual([{ answer: null }]);
    expect(sns.published).toHaveLength(1);
  });

  test("trap 1.17, out of memory at 12 MB: a mail of 40 MB, the most that SES takes, is read in 256 MB", async () => {
    const line = `${"A".repeat(76)}\r\n`;
    const attachment = [
      "--b",
      "Content-Type: application/pdf; name=plan.pdf",
      "Content-Transfer-Encoding: base64",
      "",
      line.repeat(510_000),
    ];
    const text = ["--b", "Content-Type: text/plain", "", "pressure low"];
    const mail = ["Content-Type: multipart/mixed; boundary=b", "", ...attachment, ...text, "--b--", ""].join("\r\n");
    s3.objects.set(`acme-inbound/inbound/${ID}`, Buffer.from(mail));
    const { logged, peakMemory } = await run(sesEvent());
    expect(logged).toMatchObject([{ outcome: "processed", rules: ["pressure"], size: mail.length, problems: [] }]);
    expect(peakMemory).toBeLessThan(256 * 1024 * 1024);
  });

  test("ignores SES's set-up notification", async () => {
    const setup =
      "From: Amazon Web Services <no-reply-aws@amazon.com>\r\nSubject: Amazon SES Setup Notification\r\n\r\npressure low\r\n";
    s3.objects.set("acme-inbound/inbound/AMAZON_SES_SETUP_NOTIFICATION", Buffer.from(setup));
    const { outcomes, logged } = await run(eventFile("ses-setup-notification"));
    expect(outcomes).toEqual([{ answer: null }]);
    expect(logged).toMatchObject([{ event: "announcements", "ignored set-up notification": 1 }]);
    expect(sns.published).toEqual([]);
  });
});

describe("process-mail with a suppression table", () => {
  const BOUNCE = readFileSync("test/feedback/reports/ses-bounce.eml", "latin1");
  const TABLE = SUPPRESSION_TABLE;

  beforeEach(() => {
    env["MAILROOM_SUPPRESSION_TABLE"] = TABLE;
    s3.objects.set(`acme-inbound/inbound/${ID}`, Buffer.from(BOUNCE, "latin1"));
  });

  const verdicts = (status: string) => ({ spfVerdict: { status }, dkimVerdict: { status }, dmarcVerdict: { status } });
  const reason = async () =>
    (await dynamoSuppressionTable(dynamo.client, TABLE, systemClock).get("gone@partner.example"))?.reason ?? null;

  test("SES's own bounce mail suppresses its recipient, told twice as once", async () => {
    const event = sesEvent({ receipt: verdicts("PASS") });
    const { outcomes, logged } = await run(event, event);
    expect(outcomes).toEqual([{ answer: null }, { answer: null }]);
    expect(logged).toMatchObject(
      [{ outcome: "processed" }, { outcome: "duplicate" }].map((each) => ({ ...each, reports: ["bounce"] })),
    );
    const table = dynamoSuppressionTable(dynamo.client, TABLE, systemClock);
    expect(await table.get("gone@partner.example")).toMatchObject({ reason: "bounce", version: 1 });
    expect(await table.evidence("gone@partner.example", "decisive", 10)).toHaveLength(1);
  });

  test("trap 1.14, a forged bounce mail suppresses nobody, and is kept as evidence", async () => {
    const { logged } = await run(sesEvent({ receipt: verdicts("FAIL") }));
    expect(logged).toMatchObject([{ reports: ["bounce, not believed"] }]);
    expect(await reason()).toBeNull();
    const table = dynamoSuppressionTable(dynamo.client, TABLE, systemClock);
    expect(await table.evidence("gone@partner.example", "untrusted", 10)).toHaveLength(1);
  });

  test("a table that cannot be written to fails the call, so that Lambda tries again; the alerts went out", async () => {
    s3.objects.set(
      `acme-inbound/inbound/${ID}`,
      Buffer.from(BOUNCE.replace("Subject:", "Subject: pressure low"), "latin1"),
    );
    env["MAILROOM_SUPPRESSION_TABLE"] = "nothere";
    const { outcomes } = await run(sesEvent({ receipt: verdicts("PASS") }));
    expect(outcomes).toMatchObject([{ error: { name: "ResourceNotFoundException" } }]);
    expect(sns.published).toHaveLength(1);
  });
});

describe("process-mail with rules from S3", () => {
  const UPLOADED = RULES.replace("pressure\n", "uploaded\n");
  const BROKEN = RULES.replace("keywords", "keyword");
  const runWith = (uploaded: string) => {
    s3.objects.set("acme-config/rules.yml", Buffer.from(uploaded));
    const inS3 = { ...env, MAILROOM_RULES_SOURCE: "s3", MAILROOM_CONFIG_BUCKET: "acme-config", MAILROOM_STAGE: "prod" };
    return runLambda("process-mail", { env: inS3, rules: RULES, events: [sesEvent(), sesEvent()] });
  };
  const alerts = () => sns.published.map(({ bodies }) => JSON.parse(bodies["default"] ?? ""));

  test("goes by them, reads them once a minute at most, and names their version in the record", async () => {
    const { logged } = await runWith(UPLOADED);
    expect(alerts()).toMatchObject([{ rule: "uploaded" }]);
    expect(s3.requests.filter((request) => request.includes("acme-config"))).toEqual([
      "GetObject acme-config/rules.yml",
    ]);
    const { rulesVersion } = (await dynamoMailLog(dynamo.client, MAIL_TABLE).find(ID))?.record ?? {};
    expect(logged).toContainEqual(expect.objectContaining({ event: "rules read", rulesVersion }));
  });

  test("goes by those that it was deployed with when they are broken, and tells the operator once, with line and column", async () => {
    const { outcomes, logged } = await runWith(BROKEN);
    expect(outcomes).toEqual([{ answer: null }, { answer: null }]);
    const [told, alert, ...more] = alerts();
    expect([told, alert, more]).toMatchObject([
      {
        rule: "mailroom/broken-rules",
        because: [{}, { value: 'Line 4, column 13: unknown key "keyword", did you mean "keywords"?' }],
      },
      { rule: "pressure" },
      [],
    ]);
    // What comes back as a mail is known by its mark.
    expect((await dynamoMailLog(dynamo.client, MAIL_TABLE).find(`alert/${told.mailroom.alert}`))?.round).toBe(1);
    expect(logged.filter(isMetrics).flatMap(metricsIn)).toContain("RulesBroken Stage=prod 1");
  });
});

describe("process-mail measures", () => {
  const measured = ({ logged }: Awaited<ReturnType<typeof run>>) => logged.filter(isMetrics).flatMap(metricsIn);
  const runProd = (...events: unknown[]) =>
    runLambda("process-mail", { env: { ...env, MAILROOM_STAGE: "prod" }, rules: RULES, events });

  test("each mail, the time from its receipt to its alert, and that it came again", async () => {
    const metrics = measured(await runProd(sesEvent(), sesEvent()));
    expect(metrics.filter((metric) => / [1-9]\d*$/.test(metric))).toEqual([
      "Mails Stage=prod 1",
      "Matched Stage=prod 1",
      "Alerts Stage=prod 1",
      expect.stringMatching(/^ReceiptToAlert Stage=prod \d+$/),
      "Duplicates Stage=prod 1",
    ]);
  });

  test("what a mail reports about a mail of ours", async () => {
    const report = readFileSync("test/feedback/reports/ses-bounce.eml");
    s3.objects.set(`acme-inbound/inbound/${ID}`, report);
    const passed = {
      spfVerdict: { status: "PASS" },
      dkimVerdict: { status: "PASS" },
      dmarcVerdict: { status: "PASS" },
    };
    const suppressing = { ...env, MAILROOM_STAGE: "prod", MAILROOM_SUPPRESSION_TABLE: SUPPRESSION_TABLE };
    const events = [sesEvent({ receipt: passed })];
    const metrics = measured(await runLambda("process-mail", { env: suppressing, rules: RULES, events }));
    expect(metrics).toContain("Feedback Stage=prod Kind=bounce 1");
    expect(metrics).toContain("Suppressed Stage=prod 1");
  });

  test("an alert that goes out at the second try once, and the mail once", async () => {
    sns.fail({ operation: "PublishBatch", answer: "AuthorizationError" });
    const metrics = measured(await runProd(sesEvent(), sesEvent()));
    expect(metrics.filter((metric) => metric.endsWith(" 1"))).toEqual([
      "Mails Stage=prod 1",
      "Matched Stage=prod 1",
      "Alerts Stage=prod 1",
    ]);
  });
});

describe("process-mail fails, so that Lambda tries again", () => {
  test("trap 1.8, reading S3 fails: nothing is published, no mail counts as read with an empty text", async () => {
    s3.fail({ operation: "GetObject", answer: "cut" });
    const { outcomes, logged } = await run(sesEvent());
    expect(outcomes).toMatchObject([{ error: { name: expect.any(String) } }]);
    expect(logged.at(-1)).toMatchObject({ level: "ERROR", event: "failed" });
    expect(sns.published).toEqual([]);
  });

  test("trap 1.3, errors caught and logged: an alert that SNS does not take is thrown, and goes out the next time", async () => {
    sns.fail({ operation: "PublishBatch", answer: "AuthorizationError" });
    const { outcomes, logged } = await run(sesEvent(), sesEvent());
    expect(outcomes).toMatchObject([{ error: { name: "PublishError" } }, { answer: null }]);
    expect(logged.filter(({ event }) => event !== "announcements")).toMatchObject([
      { event: "record failed", code: "PUBLISH_FAILED" },
      { event: "failed", code: "PUBLISH_FAILED" },
      { outcome: "processed" },
    ]);
    expect(sns.published).toHaveLength(1);
  });

  test("events of another kind are refused, for the dead-letter queue", async () => {
    // A bounce, and objects of another bucket.
    const others = ["sns-notification", "s3-object-created", "eventbridge-object-created"];
    const { outcomes, logged } = await run(...others.map(eventFile));
    expect(outcomes.map(({ error }) => error?.name)).toEqual(others.map(() => "MalformedEventError"));
    expect(logged.filter(({ event }) => event === "failed").map(({ code }) => code)).toEqual(
      others.map(() => "MALFORMED_EVENT"),
    );
    expect(s3.requests).toEqual([]);
  });
});

describe("process-mail does not start", () => {
  test("without its variables, and names them all", async () => {
    const { exitCode, stderr, outcomes } = await runLambda("process-mail", { rules: RULES, events: [sesEvent()] });
    expect([exitCode, outcomes]).toEqual([1, []]);
    expect(stderr).toContain("MAILROOM_MAIL_BUCKET: expected the name of an S3 bucket, got nothing");
    expect(stderr).toContain("MAILROOM_MAIL_TABLE: expected the name of a DynamoDB table, got nothing");
    expect(stderr).toContain("MAILROOM_TOPICS: expected name=arn,name=arn");
  });

  test.each([
    { wrong: "without its rules", given: {}, says: /rules\.json" cannot be read; MAILROOM_RULES_FILE says/ },
    {
      wrong: "with rules that nobody packed",
      given: { packed: RULES },
      says: /rules\.json: expected a packed file of rules, got \d+ characters that are none/,
    },
    {
      wrong: "when a rule alerts a topic that is not configured",
      given: { rules: RULES.replace("oncall", "nobody") },
      says: /rule "pressure" alerts the topic "nobody", but MAILROOM_TOPICS has only default, operator, oncall/,
    },
  ])("$wrong", async ({ given, says }) => {
    const { exitCode, stderr } = await runLambda("process-mail", { env, ...given, events: [sesEvent()] });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(says);
  });
});

test("trap 1.18, full events and messages logged: no address, subject or body in any line of any run", async () => {
  s3.objects.set("acme-inbound/inbound/broken", Buffer.from("Valentina, 4711, pressure low: no mail at all"));
  const ofMail = (change: Record<string, unknown>) => sesEvent({ mail: change });
  const runs = [
    await run(
      sesEvent(),
      ofMail({ messageId: "broken" }),
      ofMail({ messageId: "Valentina 4711" }),
      ofMail({ source: ["Valentina"] }),
      {
        subject: "pressure low",
      },
    ),
  ];
  s3.fail({ operation: "GetObject", answer: "AccessDenied" });
  sns.fail({ operation: "PublishBatch", answer: "AuthorizationError" });
  sns.fail({ operation: "entry", code: "InvalidParameter", senderFault: true });
  const names = ["second", "third", "fourth"];
  for (const name of names) s3.objects.set(`acme-inbound/inbound/${name}`, Buffer.from(MAIL));
  runs.push(await run(...names.map((messageId) => ofMail({ messageId }))));
  s3.fail({ operation: "GetObject", answer: "cut" });
  runs.push(await run(ofMail({ messageId: "fourth" }), ofMail({ messageId: "missing" })));

  const outcomes = runs.flatMap((each) => each.outcomes);
  expect(outcomes.filter(({ error }) => error !== undefined).length).toBeGreaterThanOrEqual(6);
  const everything = runs.map(({ stdout, stderr }) => stdout + stderr).join("") + JSON.stringify(outcomes);
  expect(everything).toContain(ID);
  expect(everything).not.toMatch(/@partner|@mail\.acme|@acme|Monitor|Pump|pressure low|Valentina|4711/);
});
