import { expect, test } from "vitest";
import { markedIds } from "../../shared/alerts/loop-mark.ts";
import { isOurAlert } from "../../shared/alerts/our-alert.ts";
import { composeSms } from "../../shared/alerts/sms-form.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { alertOf } from "../support/alerts.ts";
import { evaluateAnnounced } from "../support/evaluate-announced.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";
import { PROVEN } from "./links.ts";
import { anythingRules } from "./mail-network.ts";

const ID = "48c1ad0f2cec109746e389a1dbd73dfe";
const known = (round: number) => new Map([[ID, round]]);
const rules = anythingRules();

test.each([
  "Auto-Submitted: auto-generated",
  "Auto-Submitted: auto-replied",
  "Precedence: bulk",
  "Precedence: list",
  "List-Id: <ops.client.example>",
  "List-Unsubscribe: <mailto:leave@client.example>",
  "X-Auto-Response-Suppress: All",
  "Return-Path: <>",
])("trap 1.16, %s is no reason to ignore a mail, nor is the null sender", async (field) => {
  const raw = Buffer.from(
    `${field}\r\nFrom: Monitor <monitor@client.example>\r\nSubject: outage\r\n\r\nIt is down.\r\n`,
  );
  const receipt = receiptOf({ envelope: { mailFrom: "", recipients: ["orders@mail.acme.example"] } });
  const { record, alerts } = await evaluateAnnounced({ raw, receipt }, rules);
  expect(record.outcome).toBe("processed");
  expect(alerts).toHaveLength(1);
});

test.each(Object.keys(PROVEN))(
  "trap 1.16, what the simulation sends over %s is known for an alert, whatever led to it",
  async (link) => {
    const to = "orders@mail.acme.example";
    for (const length of [0, 1, 10]) {
      const after = Array.from({ length }, (_, at) => at.toString(16).repeat(32));
      const { raw, verdicts } = PROVEN[link]?.(alertOf({ after }), to) ?? { raw: "", verdicts: {} };
      const message = await parseMessage(Buffer.from(raw));
      expect(isOurAlert({ message, receipt: receiptOf({ verdicts }) })).toBe(true);
      expect(isOurAlert({ message, receipt: receiptOf({ verdicts: { ...ALL_PASS, dmarc: "FAIL" } }) })).toBe(false);
    }
  },
);

test.each([
  { round: 1, outcome: "processed", reports: ["bounce"] },
  { round: 2, outcome: "quarantined", reports: ["bounce"] },
  { round: 3, outcome: "ignored", reports: [] },
])(
  "what a mail reports of our mails is taken in unless it is ignored: round $round",
  async ({ round, outcome, reports }) => {
    const raw = Buffer.from(
      [
        "From: Eve <eve@client.example>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "",
        "--b",
        "",
        `Mailroom alert ${ID}`,
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.client.example",
        "",
        "Final-Recipient: rfc822; gone@client.example",
        "Action: failed",
        "Status: 5.1.1",
        "--b--",
        "",
      ].join("\r\n"),
    );
    const mail = { raw, receipt: receiptOf(), knownAlerts: known(round) };
    const { record, feedback } = await evaluateAnnounced(mail, rules);
    expect([record.outcome, feedback.map(({ kind }) => kind)]).toEqual([outcome, reports]);
  },
);

const LINE = `[error] anything - Mailroom alert ${ID}`;
const FORWARDED = `From: AWS Notifications <no-reply@sns.amazonaws.com>\r\n\r\n${LINE}`;

// docs/alerts.md says of these that they do not end by themselves. Whoever changes that changes the page.
test.each([
  ["a short message", "text/plain", composeSms(alertOf({ id: ID })), 0],
  ["capitals", "text/plain", LINE.toUpperCase(), 0],
  ["an attached text", "text/plain; name=alert.txt\r\nContent-Disposition: attachment", LINE, 0],
  ["an attached HTML", "text/html; name=alert.html\r\nContent-Disposition: attachment", LINE, 0],
  ["an .eml that says that it is bytes", "application/octet-stream; name=alert.eml", FORWARDED, 0],
  ["an attached message", "message/rfc822", FORWARDED, 1],
  ["the text itself", "text/plain", LINE, 1],
])("the marks of an alert that comes back as %s", async (_, type, content, marks) => {
  const fields = ["From: Ana <ana@client.example>", "Content-Type: multipart/mixed; boundary=b", ""];
  const parts = ["--b", "", "See below.", "--b", `Content-Type: ${type}`, "", content, "--b--", ""];
  expect(markedIds(await parseMessage(Buffer.from([...fields, ...parts].join("\r\n"))))).toHaveLength(marks);
});

test("where the mail log is not asked, as in a dry run, no mark is known", async () => {
  const raw = Buffer.from(`From: Eve <eve@client.example>\r\n\r\n[error] anything - Mailroom alert ${ID}\r\n`);
  const [dry, asked] = await Promise.all(
    [undefined, known(1)].map((knownAlerts) => evaluateAnnounced({ raw, receipt: receiptOf(), knownAlerts }, rules)),
  );
  expect(dry).toMatchObject({ record: { outcome: "processed" }, alerts: [{ after: [ID] }] });
  expect(asked?.record).toMatchObject({ outcome: "ignored", why: "an alert of our own that came back" });
});
