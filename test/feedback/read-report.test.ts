import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { readReport } from "../../shared/feedback/read-report.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { messageOf } from "../support/messages.ts";
import { nastyText } from "../support/nasty-text.ts";

// Each NAME.json says what NAME.eml reports, as far as it says anything: fields that it leaves out are not compared.

const REPORTS = join(import.meta.dirname, "reports");

/** What each mail stands for, where its name does not say it. */
const TITLES: Readonly<Record<string, string>> = {
  "dsn-failed": "RFC 3464, action failed: a bounce, with all that the report says",
  "dsn-auto-replied": "RFC 3834 section 5: a report that says auto-replied is a report all the same",
  "dsn-delayed": "RFC 3464 section 2.3.3, action delayed: a delay until Will-Retry-Until",
  "dsn-delivered-relayed-expanded": "RFC 3464 section 2.3.3, actions delivered, relayed, expanded: deliveries",
  "dsn-several-recipients": "trap 1.7, one report about several: one entry for each, and each its own kind",
  "ses-bounce": "SES fact 2.8: the ids of SES's own report are those that its notification has",
  "dsn-fields-in-text": "the fields of a report came as text: read, and the header of the original is no recipient",
  "dsn-boundary-broken": "trap 2, message/delivery-status broken by a blank line: the fields are found in the text",
  "dsn-carried-by-server": "a server sends another's report on: it is read",
  "not-dsn-forwarded-by-person": "a person forwards a report: nothing",
  "dsn-local-user":
    "RFC 3464 section 2.3.2, a local user: the Original-Recipient counts, its xtext undone (RFC 3461 section 4)",
  "dsn-pipe-original-names-recipient": "a pipe, and no Original-Recipient: the To of the returned original counts",
  "dsn-forwarded-final-counts": "RFC 3464 section 2.3.2, forwarded: the Final-Recipient counts, as with SES",
  "dsn-mislabelled-transient": "trap 1.13, 550 5.1.1 mislabelled transient: permanent",
  "dsn-rfc6533": "RFC 6533 section 3: addresses in UTF-8, written out or as \\x{…}",
  "dsn-headers-only": "RFC 6522 section 4: the header alone is returned, and says which mail it was",
  "arf-abuse": "trap 2, inline message/rfc822 of a complaint: RFC 5965, with all that the report says",
  "arf-several": "trap 1.13, an ambiguous complaint: each is one candidate of two (RFC 5965 section 3.2)",
  "arf-not-spam": "trap 1.13, not-spam: told as what it is",
  "arf-auth-failure": "RFC 6591: an authentication failure is a complaint of that type",
  "arf-redacted": "RFC 6590: a redacted recipient, and a return path of ours that names them",
  "arf-recipient-in-original": "no Original-Rcpt-To: the To of the original counts",
  "arf-names-nobody": "a complaint that names nobody gives nothing",
  "arf-fields-in-text": "the fields of a complaint came as text: read",
  "hotmail-complaint": "Hotmail's complaint has no report part: its own field names the recipient",
  "hotmail-complaint-sent-on": "Hotmail's older complaint is the original itself",
  "sns-notification-mail": "a notification mailed by SNS: only the bounced recipient, and not trusted",
  "sns-notification-mail-json": "a notification mailed by SNS as email-json: read from its Message",
  "not-json-at-all": "JSON that is like a notification and is none: nothing",
  "not-vacation": "trap 1.13, an out-of-office reply: nothing, whatever it says of mailboxes",
  "not-vacation-by-subject": "trap 1.13, an out-of-office reply known by subject and empty envelope sender: nothing",
  "not-read-receipt": "RFC 8098: a receipt of reading is no report about a delivery",
  "not-dsn-quoted-by-person": "a person quotes the fields of a report: nothing",
};

const names = readdirSync(REPORTS)
  .filter((file) => file.endsWith(".json"))
  .map((file) => basename(file, ".json"));

test.each(names.map((name) => ({ name, title: TITLES[name] ?? name })))("$title", async ({ name }) => {
  const expected = JSON.parse(readFileSync(join(REPORTS, `${name}.json`), "utf8")) as Partial<Feedback>[];
  const feedback = readReport(await parseMessage(readFileSync(join(REPORTS, `${name}.eml`))));
  expect(feedback).toHaveLength(expected.length);
  expect(feedback).toMatchObject(expected);
});

test("trap 1.14, a mail can be written by anybody: nothing that it tells is trusted", async () => {
  for (const name of names) {
    const feedback = readReport(await parseMessage(readFileSync(join(REPORTS, `${name}.eml`))));
    expect(feedback.filter(({ trusted }) => trusted)).toEqual([]);
  }
});

test("a report that is no SES report is known by its bytes", () => {
  const [bounce] = readReport(statusReport("Final-Recipient: rfc822; gone@partner.example\nAction: failed"));
  expect(bounce?.id).toBe(`mail-${"a".repeat(40)}`);
});

test("a Message-ID like SES's under another's From is no feedback id", () => {
  const messageIdHeader = "<0102019a1f00c0de-1b2c3d4e-aaaa-4bbb-8ccc-0123456789ab-000000@eu-west-1.amazonses.com>";
  const report = statusReport("Final-Recipient: rfc822; gone@partner.example\nAction: failed");
  const [bounce] = readReport({ ...report, messageIdHeader, from: [{ name: "", address: "a@amazonses.com.example" }] });
  expect(bounce?.id).toBe(`mail-${"a".repeat(40)}`);
});

test("a recipient that is named twice is one", () => {
  const group = "Final-Recipient: rfc822; gone@partner.example\nAction: failed\nStatus: 5.1.1\n";
  const twice = readReport(statusReport(`${group}\n${group.replace("gone@", "GONE@")}`));
  expect(twice.map(({ recipient }) => recipient)).toEqual(["gone@partner.example"]);
});

describe("what the fields of a report leave open is taken from its text", () => {
  const postfix = (answer: string) =>
    `                   The mail system\n\n<gone@partner.example>: host mx.partner.example[192.0.2.1] said:\n    ${answer}\n`;
  const read = (fields: string, text: string) =>
    readReport({ ...statusReport(fields), text, from: [{ name: "", address: "MAILER-DAEMON@acme.example" }] });

  test("the answer, and with it the status", () => {
    const fields = "Final-Recipient: rfc822; gone@partner.example\nAction: failed\nStatus: 5.0.0";
    expect(read(fields, postfix("550 5.1.1 User unknown (in reply to RCPT TO command)"))).toMatchObject([
      { status: "5.1.1", reason: "userUnknown", diagnosticCode: expect.stringContaining("550 5.1.1 User unknown") },
    ]);
  });

  test("the recipient", () => {
    const fields = "Final-Recipient: x-local; jane\nAction: failed\nStatus: 5.1.1";
    expect(read(fields, postfix("550 5.1.1 User unknown"))).toMatchObject([{ recipient: "gone@partner.example" }]);
  });

  test("not what is no answer", () => {
    const fields = "Final-Recipient: rfc822; gone@partner.example\nAction: failed\nStatus: 5.1.1";
    expect(read(fields, postfix("Nyaan."))).toMatchObject([{ status: "5.1.1", diagnosticCode: null }]);
  });

  test("not a status of another class", () => {
    const fields = "Final-Recipient: rfc822; gone@partner.example\nAction: failed\nStatus: 4.0.0";
    expect(read(fields, postfix("550 5.1.1 User unknown"))).toMatchObject([{ status: "5.1.1" }]);
    const answered = `${fields}\nDiagnostic-Code: smtp; 451 later`;
    expect(read(answered, postfix("550 5.1.1 User unknown"))).toMatchObject([{ status: "4.0.0" }]);
  });

  test("whom a field of the mail names, where the text names nobody", () => {
    const report = statusReport("Final-Recipient: x-local; jane\nAction: failed");
    const rawHeaders = [{ name: "x-failed-recipients", value: "gone@partner.example" }];
    expect(readReport({ ...report, rawHeaders })).toMatchObject([{ recipient: "gone@partner.example" }]);
  });

  test("without an action, Will-Retry-Until tells that it is late only", () => {
    const fields = "Final-Recipient: rfc822; slow@partner.example\nWill-Retry-Until: Sat, 21 Nov 2026 07:41:19 +0000";
    expect(readReport(statusReport(fields))).toMatchObject([{ kind: "delay", expiresAt: "2026-11-21T07:41:19.000Z" }]);
    expect(readReport(statusReport("Final-Recipient: rfc822; gone@partner.example"))).toMatchObject([
      { kind: "bounce" },
    ]);
  });
});

test("what a scanner writes below the signature is no reason", () => {
  const report = statusReport("Final-Recipient: rfc822; gone@partner.example\nAction: failed\nStatus: 5.0.0");
  const footer = "\n-- \nThis mail was scanned: no virus found.\n";
  const reasonIn = (text: string) => readReport({ ...report, text }).map((each) => "reason" in each && each.reason);
  expect(reasonIn(`The address couldn't be found.${footer}`)).toEqual(["userUnknown"]);
  expect(reasonIn(`Nyaan.${footer}`)).toEqual(["undefined"]);
});

test("2 MB of recipients: the first 1,000 are read", () => {
  const groups = Array.from(
    { length: 20_000 },
    (_, at) => `Final-Recipient: rfc822; user${at}@partner.example\nAction: failed\n`,
  );
  expect(readReport(statusReport(groups.join("\n")))).toHaveLength(1_000);
});

test("a chain of mails that carry each other is followed to an end", () => {
  const innermost = statusReport("Final-Recipient: rfc822; gone@partner.example\nAction: failed");
  const carry = (nested: typeof innermost) => messageOf({ report: "delivery-status", nested: [nested] });
  expect(readReport(carry(carry(innermost)))).toHaveLength(1);
  expect(readReport(carry(carry(carry(carry(carry(innermost))))))).toEqual([]);
});

test.each([
  ["JSON without an end", '{"notificationType":"Bounce"'],
  ["no JSON", '{"notificationType":"Bounce",}'],
  ["of no known type", '{"notificationType":"Cats","mail":{}}'],
  ["a quoted brace and no more", '{"notificationType":"}\\""}'],
  ["SNS's own JSON with another message", '{"Type":"Notification","Message":"hello"}'],
  ["a list", '[{"notificationType":"Bounce","mail":{}}]'],
  ["a click, which is no feedback", '{"eventType":"Click","click":{},"mail":{}}'],
])("a mail like one of SNS that is none, %s: nothing", (_title, text) => {
  expect(readReport(messageOf({ text }))).toEqual([]);
});

test("2 MB of fields in one block are no recipients, and no error", () => {
  const part = (text: string) => messageOf({ reportParts: [{ contentType: "message/delivery-status", text }] });
  for (const line of ["a:\n", "Action: failed\n", "Status: 5.1.1\n\n"])
    expect(readReport(part(line.repeat(150_000)))).toEqual([]);
});

const FIELDS = [
  "Final-Recipient: rfc822; a@b.example",
  "Original-Recipient: rfc822;",
  "Final-Recipient: x; |p",
  "Action: failed",
  "Action: delayed",
  "Action: ?",
  "Status: 5.1.1 (no)",
  "Status: 4.4.7",
  "Status: x",
  "Diagnostic-Code: smtp; 550 5.1.1",
  "Feedback-Type: abuse",
  "User-Agent: x",
  "Version: 1",
  "Original-Rcpt-To: <a@b.example>",
  "Original-Rcpt-To: redacted",
  "From: a@b.example",
  "To: c@d.example, e@f.example",
  "Subject: x",
  "Message-ID: <x@y.example>",
  "Will-Retry-Until: never",
  "",
  " folded",
  "no field",
  '{"notificationType":"Bounce","mail":{}',
  "}",
  '{"eventType":{},"mail":[]}',
  ":",
];

/** Lines as reports have them, in any order, and lines of nothing. */
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...FIELDS), nastyText), { maxLength: 40 })
  .map((lines) => lines.join("\n"));

const hostileMessage = fc
  .record({
    text: hostileText,
    subject: nastyText,
    part: hostileText,
    contentType: fc.constantFrom(
      "message/delivery-status",
      "message/feedback-report",
      "message/disposition-notification",
    ),
    hasPart: fc.boolean(),
    report: fc.constantFrom(null, "delivery-status" as const, "feedback-report" as const, "auto-reply" as const),
    from: fc.constantFrom("MAILER-DAEMON@b.example", "jane@b.example", "staff@hotmail.com", ""),
    header: fc.array(
      fc.record({
        name: fc.constantFrom("return-path", "to", "from", "subject", "x-failed-recipients"),
        value: nastyText,
      }),
    ),
  })
  .map(({ part, contentType, hasPart, from, header, ...parts }) =>
    messageOf({
      ...parts,
      from: [{ name: "", address: from }],
      rawHeaders: header,
      reportParts: hasPart ? [{ contentType, text: part }] : [],
      nested: [messageOf({ rawHeaders: header, text: part })],
    }),
  );

test("property: whatever a mail says, reading its report never throws, and trusts nothing", () => {
  fc.assert(
    fc.property(hostileMessage, (message) => {
      for (const { recipient, trusted, id } of readReport(message)) {
        expect(recipient).toMatch(/^[^\n]*@[^\n@]+$/u);
        expect(trusted).toBe(false);
        expect(id).not.toBe("");
      }
    }),
  );
});

function statusReport(text: string) {
  return messageOf({ report: "delivery-status", reportParts: [{ contentType: "message/delivery-status", text }] });
}
