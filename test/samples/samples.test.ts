import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import type { TextReason } from "../../shared/rules/reason.ts";

// What the README promises: replaying samples/mail with samples/rules.yml gives these matches, on any machine.

const SAMPLES = join(import.meta.dirname, "../../samples");
const RULES_YML = readFileSync(`${SAMPLES}/rules.yml`, "utf8");
const rules = readRules(RULES_YML, "samples/rules.yml");
const compiled = compileRules(rules);

const table = [
  { mail: "outage", why: "a plain keyword", rules: ["outage"], topics: ["oncall"] },
  { mail: "outage-html", why: "a phrase in HTML, split by tags", rules: ["outage"], topics: ["oncall"] },
  {
    mail: "incident-ja",
    why: "ISO-2022-JP, the keyword wrapped over a line break",
    rules: ["outage"],
    topics: ["oncall"],
  },
  { mail: "alert-kana", why: "half-width kana in Shift_JIS", rules: ["outage"], topics: ["oncall"] },
  { mail: "forwarded", why: "the keyword is in the attached original", rules: ["outage"], topics: ["oncall"] },
  {
    mail: "many-parts",
    why: "trap 2, 1,000 MIME parts: matched by what was read",
    rules: ["outage"],
    topics: ["oncall"],
    problems: ["tooManyParts"],
  },
  { mail: "spoofed-payment", why: "DMARC failed", rules: ["spoofed"], topics: ["security"] },
  {
    mail: "suspicious-attachment",
    why: "invoice.pdf.exe that claims to be a PDF",
    rules: ["dangerous-attachment"],
    topics: ["security"],
  },
  {
    mail: "complaint",
    why: "trap 2, inline message/rfc822: not by the outage in the returned original",
    rules: ["abuse-report"],
    topics: ["security"],
  },
  { mail: "invoice", why: "number, PDF and recipient", rules: ["invoice"], topics: ["default"] },
  {
    mail: "bounce",
    why: "trap 2, message/delivery-status: not by the outage in the returned original",
    rules: [],
    topics: [],
  },
  { mail: "auto-reply", why: "trap 1.16, auto-replies come back in: none raises an alert", rules: [], topics: [] },
  { mail: "mailing-list", why: "people who discuss outages", rules: [], topics: [] },
  { mail: "spam-gtube", why: "spam that promises an end to outages", rules: [], topics: [] },
  { mail: "drill-ja", why: "an announced exercise", rules: [], topics: [] },
  { mail: "newsletter", why: "outage only in CSS, a comment and a link", rules: [], topics: [] },
  { mail: "meeting", why: "an invitation", rules: [], topics: [] },
  { mail: "reorder", why: "daily business", rules: [], topics: [] },
  {
    mail: "virus-flagged",
    why: "stopped by the policy; the operator is told",
    rules: [],
    topics: ["operator"],
    outcome: "quarantined",
  },
  { mail: "setup-notification", why: "SES's own test object", rules: [], topics: [], outcome: "ignored" },
];

function evaluate(mail: string, trustHeaders = false): ReturnType<typeof evaluateMail> {
  return evaluateMail({ raw: read(mail), storageKey: `samples/mail/${mail}.eml`, trustHeaders }, compiled);
}

function read(mail: string): Uint8Array {
  return readFileSync(`${SAMPLES}/mail/${mail}.eml`);
}

/** The reasons why the only rule that matched did. */
async function reasons(mail: string) {
  const { record } = await evaluate(mail);
  return record.matches.flatMap(({ because }) => because);
}

test("the table names every sample mail, and every rule of the samples matches one of them", () => {
  const files = readdirSync(`${SAMPLES}/mail`).sort();
  expect(table.map(({ mail }) => `${mail}.eml`).sort()).toEqual(files);
  expect(new Set(table.flatMap((row) => row.rules))).toEqual(new Set(rules.rules.map(({ name }) => name)));
});

test("the first line of rules.yml tells editors where the schema is", () => {
  expect(RULES_YML.split("\n", 1)).toEqual(["# yaml-language-server: $schema=./rules.schema.json"]);
});

test.each(table)("$mail -> $rules: $why", async ({ mail, rules, topics, outcome = "processed", problems = [] }) => {
  const { record, alerts } = await evaluate(mail);
  expect(record.matches.map(({ rule }) => rule)).toEqual(rules);
  expect(alerts.map(({ topic }) => topic)).toEqual(topics);
  expect(record.outcome).toBe(outcome);
  expect(record.problems.map(({ code }) => code)).toEqual(problems);
});

test.each(table)("$mail is decided alike when its verdict block may be believed", async ({ mail, rules }) => {
  const { record } = await evaluate(mail, true);
  expect(record.matches.map(({ rule }) => rule)).toEqual(rules);
});

test.each(table)("$mail gives the same JSON twice", async ({ mail }) => {
  expect(JSON.stringify(await evaluate(mail))).toBe(JSON.stringify(await evaluate(mail)));
});

test.each(table.filter(({ mail }) => mail !== "setup-notification"))("$mail was received by SES", async ({ mail }) => {
  const { record } = await evaluate(mail);
  expect(record.sesMessageId).toMatch(/^[a-z0-9]{40}$/);
  expect(record.receivedAt).toMatch(/^2026-11-2[0-4]T/);
  expect(record.envelope.recipients.join()).toMatch(/^[a-z]+@mail\.acme\.example$/);
});

test.each([
  { mail: "incident-ja", field: "subject", keyword: "障害", found: "障害" },
  { mail: "incident-ja", field: "text", keyword: "障害", found: "障\n害" },
  { mail: "alert-kana", field: "subject", keyword: "サーバーダウン", found: "ｻｰﾊﾞｰﾀﾞｳﾝ" },
  { mail: "outage-html", field: "html", keyword: "service down", found: "Service down" },
  { mail: "outage", field: "subject", keyword: "outage", found: "outage" },
])("$mail: $keyword is found in the $field as the sender wrote it", async ({ mail, field, keyword, found }) => {
  const message = await parseMessage(read(mail));
  const reason = (await reasons(mail)).find((each) => each.field === field && "keyword" in each);
  expect(reason).toMatchObject({ keyword });
  const { start, end } = reason as TextReason;
  expect({ subject: message.subject, text: message.text, html: message.htmlText.text }[field]?.slice(start, end)).toBe(
    found,
  );
});

test("forwarded: the reason says in which attached message the word stands", async () => {
  expect(await reasons("forwarded")).toContainEqual(
    expect.objectContaining({ keyword: "outage", where: "nested[0].text" }),
  );
});

test("complaint and bounce: the returned original is not the mail's text, so its outage pages nobody", async () => {
  for (const mail of ["complaint", "bounce"]) {
    const message = await parseMessage(read(mail));
    expect(message.nested[0]?.subject).toMatch(/outage/i);
    expect((await reasons(mail)).some((reason) => "keyword" in reason && reason.keyword === "outage")).toBe(false);
  }
});

test.each([
  { mail: "complaint", trustHeaders: true, told: { kind: "complaint", recipient: "angry@isp.example", trusted: true } },
  {
    mail: "complaint",
    trustHeaders: false,
    told: { kind: "complaint", recipient: "angry@isp.example", trusted: false },
  },
  {
    mail: "bounce",
    trustHeaders: true,
    told: { kind: "bounce", recipient: "old.contact@partner.example", trusted: false },
  },
])("$mail, its headers trusted: $trustHeaders: what it reports is believed: $told.trusted", async (row) => {
  expect((await evaluate(row.mail, row.trustHeaders)).record.feedback).toMatchObject([row.told]);
});

test("spoofed-payment: the alert says that the mail is spoofed", async () => {
  const { alerts } = await evaluate("spoofed-payment");
  expect(alerts[0]?.warnings.join(" ")).toMatch(/DMARC/);
});
