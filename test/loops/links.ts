import type { Alert } from "../../shared/alerts/alert.ts";
import { composeNotification } from "../../shared/alerts/notification.ts";
import type { Verdicts } from "../../shared/receipt/receipt.ts";
import { ALL_PASS } from "../support/receipts.ts";

/** What arrives at a desk: the raw mail, and SES's word about it. */
export interface SentMail {
  readonly raw: string;
  readonly verdicts: Verdicts;
}

const SNS = "AWS Notifications <no-reply@sns.amazonaws.com>";
const FORWARDER = "Forwarder <duty@partner.example>";
const FOOTER =
  "\r\n--\r\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:\r\nhttps://sns.eu-west-1.amazonaws.com/unsubscribe.html\r\n";
const BROKEN: Verdicts = { ...ALL_PASS, dkim: "FAIL", dmarc: "FAIL" };

function formsOf(alert: Alert) {
  const { subject, message } = composeNotification(alert);
  const bodies: { default: string; email: string } = JSON.parse(message);
  const json = JSON.stringify({ Type: "Notification", Subject: subject, Message: bodies.default }, null, 2);
  return { subject, email: bodies.email + FOOTER, json };
}

function mail(from: string, subject: string, body: string, type = "text/plain; charset=utf-8"): string {
  const fields = [`From: ${from}`, `Subject: ${subject}`, "MIME-Version: 1.0", `Content-Type: ${type}`];
  return [...fields, "Content-Transfer-Encoding: 8bit", "", body].join("\r\n");
}

const quoted = (text: string) => text.replaceAll(/^/gm, "> ");
const wrapped = (text: string) => text.replaceAll(/(.{1,60})(?: |$)/gm, "$1\n");
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>\n");

/** Ways from the topic of one desk to an address of another on which SES can vouch that SNS sent the mail. */
export const PROVEN: Readonly<Record<string, (alert: Alert) => SentMail>> = {
  "an e-mail subscription": (alert) => {
    const { subject, email } = formsOf(alert);
    return { raw: mail(SNS, subject, email), verdicts: ALL_PASS };
  },
  "an email-json subscription": (alert) => {
    const { subject, json } = formsOf(alert);
    return { raw: mail(SNS, subject, json), verdicts: ALL_PASS };
  },
};

/** Ways on which the proof is lost: forwarders, lists, people's filters. */
export const BROKEN_LINKS: Readonly<Record<string, (alert: Alert) => SentMail>> = {
  "a forwarder that breaks the signature": (alert) => {
    const { subject, email } = formsOf(alert);
    return { raw: mail(SNS, subject, email), verdicts: BROKEN };
  },
  "a forwarder that breaks the signature of the JSON": (alert) => {
    const { subject, json } = formsOf(alert);
    return { raw: mail(SNS, subject, json), verdicts: BROKEN };
  },
  "a list that writes its own From and a line before": (alert) => {
    const { subject, email } = formsOf(alert);
    const body = `This is a message of the list duty.\r\n\r\n${email}`;
    return { raw: `List-Id: <duty.partner.example>\r\n${mail(FORWARDER, subject, body)}`, verdicts: ALL_PASS };
  },
  "a forwarded text": (alert) => {
    const { subject, email } = formsOf(alert);
    const body = `FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: ${SNS}\r\nSubject: ${subject}\r\n\r\n${email}`;
    return { raw: mail(FORWARDER, `Fwd: ${subject}`, body), verdicts: ALL_PASS };
  },
  "a quotation, wrapped": (alert) => {
    const { subject, email } = formsOf(alert);
    const body = `We are on it.\r\n\r\n${quoted(wrapped(email))}`;
    return { raw: mail(FORWARDER, `Re: ${subject}`, body), verdicts: ALL_PASS };
  },
  "a quoted JSON": (alert) => {
    const { subject, json } = formsOf(alert);
    return { raw: mail(FORWARDER, `Fw: ${subject}`, quoted(json)), verdicts: ALL_PASS };
  },
  "HTML alone": (alert) => {
    const { subject, email } = formsOf(alert);
    const html = `<html><body><p>Hello</p><blockquote>${escaped(email)}</blockquote></body></html>`;
    return { raw: mail(FORWARDER, `Fwd: ${subject}`, html, "text/html; charset=utf-8"), verdicts: ALL_PASS };
  },
  "an attached message": (alert) => {
    const { subject, email } = formsOf(alert);
    const attached = ["--b", "Content-Type: message/rfc822", "", mail(SNS, subject, email)].join("\r\n");
    const body = ["--b", "Content-Type: text/plain", "", "See what is attached.", attached, "--b--", ""].join("\r\n");
    return { raw: mail(FORWARDER, "Fwd", body, 'multipart/mixed; boundary="b"'), verdicts: ALL_PASS };
  },
  "a machine that says it is one": (alert) => {
    const { subject, email } = formsOf(alert);
    const fields = "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\n";
    return { raw: fields + mail(FORWARDER, subject, email), verdicts: ALL_PASS };
  },
};
