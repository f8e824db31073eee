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
/** Who subscribed, and sends on to a desk what comes. */
const PARTNER = "duty@partner.example";
const FORWARDER = `Forwarder <${PARTNER}>`;
const FOOTER =
  "\r\n--\r\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:\r\nhttps://sns.eu-west-1.amazonaws.com/unsubscribe.html\r\n";
const BROKEN: Verdicts = { ...ALL_PASS, dkim: "FAIL", dmarc: "FAIL" };

function formsOf(alert: Alert) {
  const { subject, message } = composeNotification(alert);
  const bodies: { default: string; email: string } = JSON.parse(message);
  const json = JSON.stringify({ Type: "Notification", Subject: subject, Message: bodies.default }, null, 2);
  return { subject, email: bodies.email + FOOTER, json };
}

function mail(from: string, to: string, subject: string, body: string, type = "text/plain; charset=utf-8"): string {
  const fields = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, "MIME-Version: 1.0", `Content-Type: ${type}`];
  return [...fields, "Content-Transfer-Encoding: 8bit", "", body].join("\r\n");
}

const quoted = (text: string) => text.replaceAll(/^/gm, "> ");
const wrapped = (text: string) => text.replaceAll(/(.{1,60})(?: |$)/gm, "$1\n");
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>\n");

/** How an alert comes by mail to the address of a desk. */
type Link = (alert: Alert, to: string) => SentMail;

/** Ways from the topic of one desk to an address of another on which SES can vouch that SNS sent the mail. */
export const PROVEN: Readonly<Record<string, Link>> = {
  "an e-mail subscription": (alert, to) => {
    const { subject, email } = formsOf(alert);
    return { raw: mail(SNS, to, subject, email), verdicts: ALL_PASS };
  },
  "an email-json subscription": (alert, to) => {
    const { subject, json } = formsOf(alert);
    return { raw: mail(SNS, to, subject, json), verdicts: ALL_PASS };
  },
};

/** Ways on which the proof is lost, and the alert is still the beginning of the mail: forwarders, machines. */
export const AT_BEGINNING: Readonly<Record<string, Link>> = {
  "a forwarder that breaks the signature": (alert) => {
    const { subject, email } = formsOf(alert);
    return { raw: mail(SNS, PARTNER, subject, email), verdicts: BROKEN };
  },
  "a forwarder that breaks the signature of the JSON": (alert) => {
    const { subject, json } = formsOf(alert);
    return { raw: mail(SNS, PARTNER, subject, json), verdicts: BROKEN };
  },
  "somebody who subscribed and sends it on, its signature whole": (alert) => {
    const { subject, email } = formsOf(alert);
    return { raw: mail(SNS, PARTNER, subject, email), verdicts: ALL_PASS };
  },
  "a machine that says it is one": (alert, to) => {
    const { subject, email } = formsOf(alert);
    const fields = "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\n";
    return { raw: fields + mail(FORWARDER, to, subject, email), verdicts: ALL_PASS };
  },
};

/** Ways on which the proof is lost, and the alert stands somewhere in the mail: lists, people, people's filters. */
export const QUOTING: Readonly<Record<string, Link>> = {
  "a list that writes its own From and a line before": (alert, to) => {
    const { subject, email } = formsOf(alert);
    const body = `This is a message of the list duty.\r\n\r\n${email}`;
    return { raw: `List-Id: <duty.partner.example>\r\n${mail(FORWARDER, to, subject, body)}`, verdicts: ALL_PASS };
  },
  "a forwarded text": (alert, to) => {
    const { subject, email } = formsOf(alert);
    const body = `FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: ${SNS}\r\nSubject: ${subject}\r\n\r\n${email}`;
    return { raw: mail(FORWARDER, to, `Fwd: ${subject}`, body), verdicts: ALL_PASS };
  },
  "a quotation, wrapped": (alert, to) => {
    const { subject, email } = formsOf(alert);
    const body = `We are on it.\r\n\r\n${quoted(wrapped(email))}`;
    return { raw: mail(FORWARDER, to, `Re: ${subject}`, body), verdicts: ALL_PASS };
  },
  "a quotation that fails DMARC": (alert, to) => {
    const { subject, email } = formsOf(alert);
    return { raw: mail(FORWARDER, to, `Re: ${subject}`, quoted(email)), verdicts: BROKEN };
  },
  "a quoted JSON": (alert, to) => {
    const { subject, json } = formsOf(alert);
    return { raw: mail(FORWARDER, to, `Fw: ${subject}`, quoted(json)), verdicts: ALL_PASS };
  },
  "HTML alone": (alert, to) => {
    const { subject, email } = formsOf(alert);
    const html = `<html><body><p>Hello</p><blockquote>${escaped(email)}</blockquote></body></html>`;
    return { raw: mail(FORWARDER, to, `Fwd: ${subject}`, html, "text/html; charset=utf-8"), verdicts: ALL_PASS };
  },
  "an attached message": (alert, to) => {
    const { subject, email } = formsOf(alert);
    const attached = ["--b", "Content-Type: message/rfc822", "", mail(SNS, PARTNER, subject, email)].join("\r\n");
    const body = ["--b", "Content-Type: text/plain", "", "See what is attached.", attached, "--b--", ""].join("\r\n");
    return { raw: mail(FORWARDER, to, "Fwd", body, 'multipart/mixed; boundary="b"'), verdicts: ALL_PASS };
  },
};
