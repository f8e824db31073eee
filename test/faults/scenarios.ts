import { readFileSync } from "node:fs";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { receiptOf } from "../support/receipts.ts";

/** A mail, the ways in which it is announced, and what has to come of it. */
export interface Scenario {
  readonly name: string;
  /** The raw mail as it lies in the store beforehand; `undefined` when the announcement brings it. */
  readonly stored: (id: string) => string | undefined;
  /** One after the other; each is delivered again each time. */
  readonly arrivals: (id: string) => readonly Arrival[];
  /** The rules whose alerts must go out. */
  readonly alerts: readonly string[];
  /** The address that must be suppressed. */
  readonly suppressed?: (id: string) => string;
}

export const RULES = `
rules:
  - { name: outage, when: { keywords: [outage] }, alert: { topic: oncall } }
  - { name: line, when: { keywords: [line] } }
  - { name: sales, when: { recipient: "sales@mail.acme.example" } }
  - { name: returned, when: { keywords: ["Delivery Status Notification"] } }
`;

const TEXT = "From: Ana <ana@client.example>\r\nSubject: outage\r\n\r\nThe line is down.\r\n";
const QUIET = "From: Ana <ana@client.example>\r\nSubject: hello\r\n\r\nAll is well.\r\n";
const BOUNCE = readFileSync("test/feedback/reports/ses-bounce.eml", "latin1");

const keyOf = (id: string) => `raw/${id}`;
/** Another address for each mail, since they share a table. */
const goneOf = (id: string) => `gone-${id}@partner.example`;

function announcedTo(id: string, ...recipients: readonly string[]): Arrival {
  const envelope = { mailFrom: "ana@client.example", recipients };
  return arrivalOf(receiptOf({ sesMessageId: id, storageKey: keyOf(id), envelope }));
}

function arrivalOf(receipt: Receipt): Arrival {
  const { sesMessageId, storageKey } = receipt;
  return { sesMessageId, storageKey, receipt, content: undefined };
}

function announcedByStore(id: string): Arrival {
  return { sesMessageId: id, storageKey: keyOf(id), receipt: undefined, content: undefined };
}

/** As SES stores it: its own lines on top. */
function storedBySes(id: string, mail: string): string {
  const received = `Received: from mx7.client.example (mx7.client.example [203.0.113.25])\r\n by inbound-smtp.eu-west-1.amazonaws.com with SMTP id ${id}\r\n for orders@mail.acme.example;\r\n Fri, 20 Nov 2026 09:14:03 +0000 (UTC)\r\n`;
  return `Return-Path: <ana@client.example>\r\n${received}X-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\n${mail}`;
}

const ORDERS = "orders@mail.acme.example";
const SALES = "sales@mail.acme.example";

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "SES's Lambda action, two alerts to two topics",
    stored: () => TEXT,
    arrivals: (id) => [announcedTo(id, ORDERS)],
    alerts: ["outage", "line"],
  },
  {
    name: "a mail that calls for nothing",
    stored: () => QUIET,
    arrivals: (id) => [announcedTo(id, ORDERS)],
    alerts: [],
  },
  {
    name: "SNS action, the mail inside the announcement",
    stored: () => undefined,
    arrivals: (id) => [{ ...announcedTo(id, ORDERS), content: Buffer.from(TEXT) }],
    alerts: ["outage", "line"],
  },
  {
    name: "announced by S3 alone",
    stored: (id) => storedBySes(id, TEXT),
    arrivals: (id) => [announcedByStore(id)],
    alerts: ["outage", "line"],
  },
  {
    name: "two receipt rules, each with a recipient of its own",
    stored: () => TEXT,
    arrivals: (id) => [announcedTo(id, ORDERS), announcedTo(id, SALES)],
    alerts: ["outage", "line", "sales"],
  },
  {
    name: "the same two, the other one first",
    stored: () => TEXT,
    arrivals: (id) => [announcedTo(id, SALES), announcedTo(id, ORDERS)],
    alerts: ["outage", "line", "sales"],
  },
  {
    name: "S3 and SES both announce it",
    stored: (id) => storedBySes(id, TEXT),
    arrivals: (id) => [announcedByStore(id), announcedTo(id, ORDERS, SALES)],
    alerts: ["outage", "line", "sales"],
  },
  {
    name: "a bounce by mail: a report to record, and an alert",
    stored: (id) => BOUNCE.replaceAll("gone@partner.example", goneOf(id)),
    arrivals: (id) => [
      arrivalOf(
        receiptOf({ sesMessageId: id, storageKey: keyOf(id), envelope: { mailFrom: "", recipients: [ORDERS] } }),
      ),
    ],
    alerts: ["returned"],
    suppressed: goneOf,
  },
];
