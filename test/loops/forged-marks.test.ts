import { describe, expect, test } from "vitest";
import { composeEmail } from "../../shared/alerts/email-form.ts";
import { loopHeader, MAX_AFTER } from "../../shared/alerts/loop-mark.ts";
import { composeNotification } from "../../shared/alerts/notification.ts";
import { alertOf } from "../support/alerts.ts";
import { ALL_PASS } from "../support/receipts.ts";
import type { SentMail } from "./links.ts";
import { anythingRules, createDesk } from "./mail-network.ts";

// What a stranger writes who knows how our marks look, and no id of ours.

const ID = "48c1ad0f2cec109746e389a1dbd73dfe";
const after = Array.from({ length: MAX_AFTER }, (_, at) => at.toString(16).repeat(32));
const alert = alertOf({ id: ID, after });
const FORMS: { default: string; email: string } = JSON.parse(composeNotification(alert).message);
const EMAIL_JSON = JSON.stringify({ Type: "Notification", Message: FORMS.default }, null, 2);
const LINE = `[critical] outage - Mailroom alert ${ID}`;
const WARNING = expect.stringContaining("bears the mark of a Mailroom alert");

const EVE = ["From: Eve <eve@client.example>", "To: orders@mail.acme.example"];
const SNS = ["From: AWS Notifications <no-reply@sns.amazonaws.com>", "To: Eve <eve@client.example>"];
const TEXT = "The pumps stand still.";

function mail(text: string, fields: readonly string[] = [], from: readonly string[] = EVE): string {
  return [...from, "Subject: Service outage", ...fields, "", text, ""].join("\r\n");
}

const html = (mark: string) => mail(`<p>${TEXT}</p>${mark}`, ["Content-Type: text/html"]);
const attached = (raw: string) =>
  mail(["--b", "", TEXT, "--b", "Content-Type: message/rfc822", "", raw, "--b--"].join("\r\n"), [
    'Content-Type: multipart/mixed; boundary="b"',
  ]);

const FORGED: Readonly<Record<string, string>> = {
  "the first line of an alert": mail(`${LINE}\r\n\r\n${TEXT}`),
  "the first line of an alert, and a hop": mail(`${LINE}, hop 9\r\n\r\n${TEXT}`),
  "a whole alert that comes after ten others": mail(`${FORMS.email}\r\n${TEXT}`),
  "the JSON of an alert": mail(FORMS.default),
  "the JSON of an alert, as SNS sends it": mail(EMAIL_JSON),
  "the JSON of an alert, and a hop": mail(`{"mailroom":{"alert":"${ID}","hop":4}} ${TEXT}`),
  "a quoted alert": mail(`${TEXT}\r\n\r\n${FORMS.email.replaceAll(/^/gm, "> ")}`),
  "the line of the others alone": mail(`${TEXT}\r\nAfter alert: ${after.join(" ")}`),
  "a hundred marks": mail(
    `${TEXT}\r\n${Array.from({ length: 100 }, (_, at) => LINE.replace(/48c/, String(100 + at))).join("\r\n")}`,
  ),
  "our header field": mail(TEXT, [`X-Mailroom: ${loopHeader(alert).value}`]),
  "our header field, and a hop": mail(TEXT, [`X-Mailroom: ${ID}; hop=4`]),
  "our header field ten times": mail(
    TEXT,
    after.map((id) => `X-Mailroom: ${id}`),
  ),
  "a mark that the HTML hides": html(`<div style="display:none">${LINE}</div>`),
  "a mark in white on white": html(`<div style="color:#fff;background:#fff">${LINE}</div>`),
  "an attached alert": attached(mail(FORMS.email, [], SNS)),
  "a mark in the subject": mail(TEXT).replace("Service outage", `outage - Mailroom alert ${ID}`),
  "all of them": mail(`${FORMS.email}\r\n${EMAIL_JSON}\r\n${TEXT}`, [`X-Mailroom: ${loopHeader(alert).value}`]),
};

/** What a desk makes of a mail; the ids of alerts follow from the mail's. */
async function handle(sent: SentMail, desk = createDesk("orders", anythingRules())) {
  const { record, alerts } = await desk.receive(sent, "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01");
  const { outcome, why, matches, actions, problems } = record;
  return {
    record: { outcome, why, rules: matches.map(({ rule }) => rule), actions, problems },
    alerts: alerts.map(({ id, rule, topic, severity }) => ({ id, rule, topic, severity })),
    warnings: alerts.map(({ warnings }) => warnings),
  };
}

describe("trap 1.16, a forged mark changes nothing but that the alert warns of it", () => {
  test.each(Object.keys(FORGED).filter((name) => name !== "a mark in the subject"))("%s", async (name) => {
    const { warnings, ...made } = await handle({ raw: FORGED[name] ?? "", verdicts: ALL_PASS });
    const { warnings: none, ...plain } = await handle({ raw: mail(TEXT), verdicts: ALL_PASS });
    expect(made).toEqual(plain);
    expect(made.record.outcome).toBe("processed");
    expect([none, warnings]).toEqual([[[]], [[WARNING]]]);
  });

  test("in the subject it is not even a mark", async () => {
    const made = await handle({ raw: FORGED["a mark in the subject"] ?? "", verdicts: ALL_PASS });
    expect(made).toEqual(await handle({ raw: mail(TEXT), verdicts: ALL_PASS }));
  });

  test.each([
    ["with SNS's address, which is not theirs", { ...ALL_PASS, dkim: "FAIL", dmarc: "FAIL" }, SNS],
    [
      "with SNS's address and ours, which they may write",
      { ...ALL_PASS, dkim: "FAIL", dmarc: "FAIL" },
      [...SNS.slice(0, 1), ...EVE.slice(1)],
    ],
    ["from a topic of their own, and they send it on with its signature", ALL_PASS, SNS],
  ] as const)("%s", async (_, verdicts, from) => {
    const { warnings, ...made } = await handle({ raw: mail(`${FORMS.email}\r\n${TEXT}`, [], from), verdicts });
    const { warnings: plain, ...other } = await handle({ raw: mail(TEXT, [], from), verdicts });
    expect(made).toEqual(other);
    expect([made.record.outcome, warnings]).toEqual(["processed", [[...(plain[0] ?? []), WARNING]]]);
  });

  test("with the id of another desk's alert", async () => {
    const other = await createDesk("other", anythingRules()).receive({ raw: mail(TEXT), verdicts: ALL_PASS }, "m1");
    const text = other.alerts.map(composeEmail).join("");
    const { warnings, record } = await handle({ raw: mail(text), verdicts: ALL_PASS });
    expect([record.outcome, warnings]).toEqual(["processed", [[WARNING]]]);
  });
});

describe("trap 1.16, a person who writes to the desk about its alerts is heard", () => {
  async function told(count: number) {
    const desk = createDesk("orders", anythingRules());
    const mails = Array.from({ length: count }, (_, at) =>
      desk.receive({ raw: mail(TEXT), verdicts: ALL_PASS }, `m${at}`),
    );
    const alerts = (await Promise.all(mails)).flatMap((handled) => handled.alerts);
    return { desk, alerts: alerts.map(composeEmail) };
  }
  const answer = (alerts: readonly string[]) => mail(`I am on it.\r\n\r\n${alerts.join("\n").replaceAll(/^/gm, "> ")}`);

  test.each([1, 3])("in an answer that quotes %i of them", async (count) => {
    const { desk, alerts } = await told(count);
    const { warnings, record } = await handle({ raw: answer(alerts), verdicts: ALL_PASS }, desk);
    expect([record.outcome, warnings]).toEqual(["processed", [[WARNING]]]);
  });

  test("and when they answer the alert about their answer, the operator is", async () => {
    const { desk, alerts } = await told(1);
    const first = await desk.receive({ raw: answer(alerts), verdicts: ALL_PASS }, "answer");
    const again = await handle({ raw: answer(first.alerts.map(composeEmail)), verdicts: ALL_PASS }, desk);
    expect(again.record).toMatchObject({ outcome: "quarantined", rules: ["anything"] });
    expect(again.alerts).toMatchObject([{ rule: "mailroom/loop", topic: "operator", severity: "error" }]);
  });
});
