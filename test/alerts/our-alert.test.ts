import { expect, test } from "vitest";
import { composeNotification } from "../../shared/alerts/notification.ts";
import { claimsToBeOurAlert, isOurAlert } from "../../shared/alerts/our-alert.ts";
import type { Message } from "../../shared/message/message.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { alertOf } from "../support/alerts.ts";
import { messageOf } from "../support/messages.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";

const FOOTER =
  "\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:\nhttps://sns.eu-west-1.amazonaws.com/unsubscribe.html";
const bodies = bodiesOf([]);
const deepest = bodiesOf(Array.from({ length: 10 }, (_, at) => `${at}`.repeat(32)));

function bodiesOf(after: readonly string[]): { default: string; email: string } {
  return JSON.parse(composeNotification(alertOf({ after })).message);
}

const field = { name: "from", value: "" };
const toField = { name: "to", value: "" };
const us = { name: "", address: "orders@mail.acme.example" };
const eve = { name: "", address: "eve@client.example" };

/** A mail from SNS as it arrives, but for what a test is about. */
function delivered(parts: Partial<Message> = {}, receipt: Partial<Receipt> = {}) {
  const from = { name: "AWS Notifications", address: "no-reply@sns.amazonaws.com" };
  const message = messageOf({
    headers: [field, toField],
    from: [from],
    to: [us],
    text: bodies.email + FOOTER,
    ...parts,
  });
  return { message, receipt: receiptOf(receipt) };
}

function emailJson({ default: published } = bodies): string {
  const notification = {
    Type: "Notification",
    MessageId: "2d1f",
    TopicArn: "arn:aws:sns:eu-west-1:444455556666:oncall",
    Subject: "[critical] outage",
    Message: published,
  };
  return JSON.stringify(notification, null, 2);
}

test.each([
  ["an e-mail subscription", bodies.email + FOOTER],
  ["an e-mail subscription, with CRLF and a blank line before", `\r\n${bodies.email.replaceAll("\n", "\r\n")}`],
  ["an email-json subscription", emailJson()],
  ["an email-json subscription, on one line", JSON.stringify({ Message: bodies.default })],
  ["an e-mail subscription, about a mail with marks", deepest.email],
  ["an email-json subscription, about a mail with marks", emailJson(deepest)],
])("trap 1.16, alerts loop: one that comes back over %s is known", (_, text) => {
  expect(isOurAlert(delivered({ text }))).toBe(true);
});

test.each([
  ["a reply that quotes an alert", `I am on it.\n\n> ${bodies.email.replaceAll("\n", "\n> ")}`],
  ["a forwarded alert", `FYI\n\n---------- Forwarded message ----------\n${bodies.email}`],
  ["a mail about alerts", "Why did I get 'Mailroom alert'?"],
  ["a mark without an id", bodies.email.replace(/[0-9a-f]{32}/, "soon")],
  ["an unknown severity", bodies.email.replace("[critical]", "[urgent]")],
  ["JSON that holds an alert far inside", JSON.stringify({ padding: "x".repeat(5000), Message: bodies.default })],
  ["text that quotes our JSON", `see ${emailJson()}`],
  ["another notification of SNS", '{"Type":"Notification","Message":"{\\"alarm\\":1}"}'],
  ["an empty mail", ""],
])("trap 1.16, %s does not even claim to be an alert", (_, text) => {
  expect(claimsToBeOurAlert(messageOf({ text }))).toBe(false);
});

const [from] = delivered().message.from;
const evil = { name: "AWS Notifications", address: "no-reply@sns.amazonaws.com.evil.example" };

test.each<[string, Partial<Message>, Partial<Receipt>]>([
  ["DMARC failed", {}, { verdicts: { ...ALL_PASS, dmarc: "FAIL" } }],
  ["DMARC failed although DKIM passed", {}, { verdicts: { dkim: "PASS", dmarc: "FAIL" } }],
  ["DMARC has no policy and there is no DKIM", {}, { verdicts: { spf: "PASS", dkim: "GRAY", dmarc: "GRAY" } }],
  ["there are no verdicts", {}, { verdicts: {} }],
  ["nobody vouches for the verdicts", {}, { verdictsTrusted: false }],
  ["another sender", { from: [evil] }, {}],
  ["two addresses in From", { from: from ? [from, evil] : [] }, {}],
  ["two From fields", { headers: [field, field, toField] }, {}],
  ["no From", { from: [], headers: [toField] }, {}],
  ["it was written to somebody else, who sent it on to us", { to: [eve] }, {}],
  ["it was written to somebody else as well", { to: [us, eve] }, {}],
  ["it was written to us in a second To", { headers: [field, toField, toField] }, {}],
  ["it was written to nobody", { to: [], headers: [field] }, {}],
  ["it was delivered to nobody that is known", {}, { envelope: { mailFrom: "", recipients: [] } }],
  ["no mark", { text: "outage" }, {}],
])("trap 1.16, a forged mark silences nothing: %s", (_, message, receipt) => {
  expect(isOurAlert(delivered(message, receipt))).toBe(false);
});

test.each<[string, Receipt["verdicts"]]>([
  ["DMARC passed", { dmarc: "PASS" }],
  ["DKIM passed for SNS's domain, and its domain has no DMARC policy", { dkim: "PASS", dmarc: "GRAY" }],
  ["DKIM passed, in an event without a DMARC verdict", { dkim: "PASS" }],
])("trap 1.16, SES's word is enough when %s", (_, verdicts) => {
  expect(isOurAlert(delivered({}, { verdicts }))).toBe(true);
});

test("the letter case of SNS's address and of ours does not matter, nor who else got the mail", () => {
  const envelope = { mailFrom: "", recipients: ["sales@mail.acme.example", "Orders@mail.acme.example"] };
  expect(isOurAlert(delivered({ to: [{ name: "", address: "orders@Mail.Acme.Example" }] }, { envelope }))).toBe(true);
  expect(isOurAlert(delivered({ from: [{ name: "", address: "No-Reply@SNS.amazonaws.com" }] }))).toBe(true);
});
