import { expect, test } from "vitest";
import { alertId } from "../../shared/alerts/alert-id.ts";
import { composeAlert, operatorAlert } from "../../shared/alerts/compose-alert.ts";
import type { Match } from "../../shared/rules/match-rules.ts";
import { messageOf } from "../support/messages.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";

const match: Match = {
  rule: {
    name: "outage",
    enabled: true,
    stop: false,
    when: { from: ["*@client.example"] },
    alert: { topic: "oncall", severity: "critical", tags: ["night"] },
  },
  because: [{ field: "from", condition: "*@client.example", value: "ana@client.example" }],
};

const message = messageOf({
  subject: "本番で障害",
  from: [{ name: "Ana", address: "ana@client.example" }],
  to: [{ name: "", address: "archive@acme.example" }],
});

test("an alert says which mail, which rule and why, who wrote to whom, and where the raw mail is", () => {
  const receipt = receiptOf({ verdicts: { ...ALL_PASS, dmarc: "FAIL" } });
  expect(composeAlert(match, { message, receipt })).toEqual({
    v: 1,
    id: alertId(receipt.sesMessageId, "outage"),
    mark: alertId(receipt.sesMessageId, "outage"),
    after: [],
    rule: "outage",
    severity: "critical",
    tags: ["night"],
    topic: "oncall",
    sesMessageId: receipt.sesMessageId,
    receivedAt: "2026-11-20T09:14:03.412Z",
    envelope: receipt.envelope,
    from: message.from,
    subject: "本番で障害",
    because: match.because,
    verdicts: receipt.verdicts,
    verdictsTrusted: true,
    warnings: ["This mail failed DMARC: it may not be from the sender it names."],
    raw: receipt.storageKey,
    sha256: message.sha256,
    size: message.size,
  });
});

test("trap 1.7, destination[0] used: an alert names every envelope recipient, not the To header", () => {
  const envelope = { mailFrom: "", recipients: ["a@mail.acme.example", "bcc@mail.acme.example"] };
  expect(composeAlert(match, { message, receipt: receiptOf({ envelope }) }).envelope.recipients).toEqual(
    envelope.recipients,
  );
});

test("the same mail and rule give the same alert, another rule another id", () => {
  const mail = { message, receipt: receiptOf() };
  expect(composeAlert(match, mail)).toEqual(composeAlert(structuredClone(match), structuredClone(mail)));
  const other = { ...match, rule: { ...match.rule, name: "other" } };
  expect(composeAlert(other, mail).id).not.toBe(composeAlert(match, mail).id);
});

test("an alert to the operator goes to the topic operator, and its one reason is what we have to say", () => {
  const sentence = "A mail could not be read beyond its headers.";
  const alert = operatorAlert(
    { rule: "mailroom/unparsable", severity: "error", sentence },
    { message, receipt: receiptOf() },
  );
  expect(alert).toMatchObject({ topic: "operator", rule: "mailroom/unparsable", severity: "error", tags: [] });
  expect(alert.because).toEqual([{ field: "mailroom", condition: "mailroom/unparsable", value: sentence }]);
});

test("an alert to the operator can be about a mail that could not be read from the store", () => {
  const reason = { rule: "mailroom/quarantined", severity: "error", sentence: "A mail could not be read." } as const;
  expect(operatorAlert(reason, { receipt: receiptOf() })).toMatchObject({ from: [], subject: "", sha256: "", size: 0 });
});

test("trap 1.16, a mail that bears our mark without proof is told as such in its alert", () => {
  const text = `[critical] outage - Mailroom alert ${"0".repeat(32)}\n\noutage`;
  const mail = { message: messageOf({ text }), receipt: receiptOf() };
  const told = composeAlert(match, mail);
  expect(told.warnings).toEqual([
    "This mail bears the mark of a Mailroom alert, and nothing proves that it is one: it is forged, it quotes an alert, or an alert came back by another way.",
  ]);
  expect(told.after).toEqual(["0".repeat(32)]);
  expect(composeAlert(match, { ...mail, knownAlerts: new Map([["0".repeat(32), 1]]) }).after).toEqual([]);
});
