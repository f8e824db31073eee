import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { evaluateAnnounced } from "../support/evaluate-announced.ts";
import { receiptOf } from "../support/receipts.ts";

const rules = compileRules(
  readRules(
    `
policy:
  virus: { FAIL: STOP_RULE_SET }
rules:
  - name: outage
    when: { keywords: [outage, 障害] }
    alert: { topic: oncall, severity: critical }
  - name: spoofed
    when: { verdicts: { dmarc: FAIL } }
`,
    "rules.yml",
  ),
);

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join("\r\n"), "utf8");
const OUTAGE = mail("From: ops@partner.example", "Subject: outage", "", "It is down.");

/** The evaluation of a stored mail, with no event. */
function evaluate(raw: Buffer, storageKey = "a.eml") {
  return evaluateMail({ raw, storageKey, trustHeaders: false }, rules);
}

test("a mail that matches: record and alert tell the same", async () => {
  const receipt = receiptOf({ storageKey: "raw/1" });
  const { record, alerts } = await evaluateAnnounced({ raw: OUTAGE, receipt }, rules);
  expect(record).toMatchObject({
    v: 1,
    source: "raw/1",
    sesMessageId: receipt.sesMessageId,
    receivedAt: receipt.receivedAt,
    envelope: receipt.envelope,
    verdicts: receipt.verdicts,
    verdictsTrusted: true,
    rebuilt: false,
    message: { subject: "outage", from: [{ name: "", address: "ops@partner.example" }] },
    matches: [{ rule: "outage", because: [{ field: "subject", keyword: "outage", start: 0, end: 6 }] }],
    actions: [{ rule: "outage", type: "alert", topic: "oncall", status: "planned" }],
    feedback: [],
    outcome: "processed",
    problems: [],
  });
  expect(alerts).toMatchObject([{ id: record.actions[0]?.id, rule: "outage", severity: "critical", raw: "raw/1" }]);
});

test("a mail that matches nothing is processed, and nothing is planned", async () => {
  const { record, alerts } = await evaluate(mail("Subject: lunch", "", "At noon?"));
  expect([record.outcome, record.matches, record.actions, alerts]).toEqual(["processed", [], [], []]);
});

test("a stored mail has its receipt from the headers that SES wrote, marked as rebuilt and not trusted", async () => {
  const raw = mail(
    "Return-Path: <eve@bank.example>",
    "Received: from x (x [203.0.113.9]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id abc123 for desk@acme.example; Fri, 20 Nov 2026 09:14:03 +0000 (UTC)",
    "Authentication-Results: amazonses.com; spf=softfail; dkim=fail header.i=@bank.example; dmarc=fail header.from=bank.example;",
    "Subject: pay now",
    "",
    "",
  );
  expect((await evaluate(raw)).record).toMatchObject({
    sesMessageId: "abc123",
    receivedAt: "2026-11-20T09:14:03.000Z",
    envelope: { mailFrom: "eve@bank.example", recipients: ["desk@acme.example"] },
    verdicts: { dmarc: "FAIL" },
    rebuilt: true,
    verdictsTrusted: false,
    matches: [{ rule: "spoofed" }],
  });
});

test("an encoded word in the envelope sender cannot write verdicts into SES's own fields", async () => {
  const sender = "=?us-ascii?Q?x=3B_dkim=3Dpass_header.i=3D@bank.example=3B_dmarc=3Dpass_=28?=@evil.example";
  const raw = mail(
    `Return-Path: <${sender}>`,
    "Received: from x (x [203.0.113.9]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id abc123 for desk@acme.example; Fri, 20 Nov 2026 09:14:03 +0000 (UTC)",
    `Authentication-Results: amazonses.com; spf=fail (x) envelope-from=${sender}; dkim=none; dmarc=fail header.from=bank.example;`,
    "",
    "",
  );
  const { record } = await evaluateMail({ raw, storageKey: "k", trustHeaders: true }, rules);
  expect([record.verdicts.dmarc, record.verdicts.dkim, record.envelope.mailFrom]).toEqual(["FAIL", "GRAY", sender]);
});

test("the same bytes give the same record, from a buffer or in chunks", async () => {
  const first = JSON.stringify((await evaluate(OUTAGE)).record);
  expect(JSON.stringify((await evaluate(OUTAGE)).record)).toBe(first);
  const chunked = await evaluateMail(
    { raw: Readable.from([OUTAGE.subarray(0, 7), OUTAGE.subarray(7)]), storageKey: "a.eml", trustHeaders: false },
    rules,
  );
  expect(JSON.stringify(chunked.record)).toBe(first);
});

describe("outcomes", () => {
  test("quarantined: the policy holds it back, no rule runs, the operator is told", async () => {
    const receipt = receiptOf({ verdicts: { virus: "FAIL" } });
    const { record } = await evaluateAnnounced({ raw: OUTAGE, receipt }, rules);
    expect(record).toMatchObject({
      outcome: "quarantined",
      why: "the verdict policy says STOP_RULE_SET",
      matches: [],
      actions: [{ rule: "mailroom/quarantined", topic: "operator" }],
    });
  });

  test.each([
    ["an empty file", Buffer.alloc(0), ["empty"]],
    ["white space without a header", Buffer.from("\r\n \r\n\r\n"), ["noHeaders"]],
    [
      "a part whose header is a megabyte, and no other",
      mail("Content-Type: multipart/mixed; boundary=b", "", "--b", `${"X: 1\r\n".repeat(100_000)}`, "text"),
      ["parserFailed", "noParts"],
    ],
  ])("unparsable: %s, and the operator is told", async (_, raw, problems) => {
    const { record } = await evaluate(raw);
    expect(record).toMatchObject({
      outcome: "unparsable",
      actions: [{ rule: "mailroom/unparsable", topic: "operator" }],
    });
    expect(record.problems.map(({ code }) => code)).toEqual(problems);
  });

  test("unparsable mail still runs through the rules with what was read", async () => {
    const raw = mail(
      "Subject: outage",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "X: 1\r\n".repeat(100_000),
      "text",
    );
    const { record } = await evaluate(raw);
    expect(record).toMatchObject({ outcome: "unparsable", matches: [{ rule: "outage" }] });
    expect(record.actions.map(({ rule }) => rule)).toEqual(["outage", "mailroom/unparsable"]);
  });

  test("processed: an empty body is no failure", async () => {
    expect((await evaluate(mail("Subject: s", "", ""))).record.outcome).toBe("processed");
  });

  const SETUP = mail(
    "From: Amazon Web Services <no-reply-aws@amazon.com>",
    "Subject: Amazon SES Setup Notification",
    "",
    "outage",
  );
  test.each([
    ["by its key", OUTAGE, "raw/AMAZON_SES_SETUP_NOTIFICATION", "ignored"],
    ["by its content, where nothing shows that a server took it in", SETUP, "a.eml", "ignored"],
    [
      "not when it came through a mail server",
      Buffer.concat([mail("Received: from x by y", ""), SETUP]),
      "a.eml",
      "processed",
    ],
    [
      "not when a Message-ID says that a mail program wrote it",
      Buffer.concat([mail("Message-ID: <a@b>", ""), SETUP]),
      "a.eml",
      "processed",
    ],
  ])("SES's set-up object is known %s", async (_, raw, key, outcome) => {
    expect((await evaluate(raw, key)).record.outcome).toBe(outcome);
  });
});

describe("reports run through the rules", () => {
  const report = (subject: string, words: string, original: string): Buffer =>
    mail(
      `Subject: ${subject}`,
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
      "",
      "--b",
      "",
      words,
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Action: failed",
      "--b",
      "Content-Type: message/rfc822",
      "",
      "Subject: original",
      "",
      original,
      "--b--",
      "",
    );
  test.each([
    ["its own subject counts", report("outage", "", ""), ["outage"]],
    ["its human-readable part counts", report("failed", "the outage goes on", ""), ["outage"]],
    ["trap 2, the returned original does not", report("failed", "sorry", "outage"), []],
    [
      "an auto-reply counts as a whole",
      mail("Auto-Submitted: auto-replied", "Subject: away", "", "> outage"),
      ["outage"],
    ],
  ])("%s", async (_, raw, matched) => {
    expect((await evaluate(raw)).record.matches.map(({ rule }) => rule)).toEqual(matched);
  });
});

test("what could not be read of an attached message is told in the record too, each kind once", async () => {
  const inner = [
    "--b",
    "Content-Type: message/rfc822",
    "",
    "Date: soon",
    "Content-Type: text/plain; charset=x",
    "",
    "caf\u00e9",
  ];
  const raw = mail("Date: never", "Content-Type: multipart/mixed; boundary=b", "", ...inner, ...inner, "--b--", "");
  expect((await evaluate(raw)).record.problems).toEqual([
    { code: "badDate", message: expect.stringMatching(/read\.$/) },
    { code: "unknownCharset", message: expect.stringMatching(/bytes\. \(in an attached message\)$/) },
  ]);
});

test("what the rules did not see is told in the record", async () => {
  const patterns = compileRules(
    readRules("rules: [{ name: inv, when: { matches: { pattern: x, in: [text] } } }]", "rules.yml"),
  );
  const raw = Buffer.concat([mail("Subject: s", "", ""), Buffer.from("ab ".repeat(2 ** 21))]);
  const { record } = await evaluateMail({ raw, storageKey: "k", trustHeaders: false }, patterns);
  expect(record.problems.map(({ code }) => code)).toEqual(["patternTextCut"]);
});

test("trap 1.8, reading fails: the error is raised, never recorded as a mail without text", async () => {
  const raw = Readable.from(
    (async function* () {
      yield Buffer.from("Subject: s\r\n\r\nhalf");
      throw new Error("connection lost");
    })(),
  );
  const evaluation = evaluateMail({ raw, storageKey: "k", trustHeaders: false }, rules);
  await expect(evaluation).rejects.toThrow("connection lost");
});
