import { expect, test } from "vitest";
import { parsedMail } from "../../cli/parse-output.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

const RAW = [
  "From: Ops <ops@acme.example>",
  "To: desk@example.com",
  "Subject: =?utf-8?B?6Zqc5a6z?=",
  "Date: Tue, 24 Nov 2026 08:00:00 +0000",
  "Message-ID: <1@acme.example>",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain",
  "",
  "Hello",
  "--b",
  'Content-Type: application/pdf; name="a.pdf"',
  'Content-Disposition: attachment; filename="a.pdf"',
  "Content-Transfer-Encoding: base64",
  "",
  "AAAA",
  "--b",
  "Content-Type: message/rfc822",
  "Content-Disposition: attachment",
  "",
  "Subject: inner",
  "",
  "Inside",
  "--b--",
  "",
].join("\r\n");

const KEYS = [
  "source",
  "size",
  "sha256",
  "subject",
  "from",
  "to",
  "cc",
  "date",
  "messageIdHeader",
  "text",
  "html",
  "attachments",
  "nested",
  "report",
  "feedback",
  "problems",
];

test("a parsed mail has the keys of the contract, in its order, and so have the messages inside it", async () => {
  const parsed = parsedMail("a.eml", await parseMessage(Buffer.from(RAW)));
  expect(Object.keys(parsed)).toEqual(KEYS);
  expect(parsed.nested.map((nested) => Object.keys(nested))).toEqual([KEYS]);
  expect(parsed).toMatchObject({
    source: "a.eml",
    size: RAW.length,
    subject: "障害",
    from: [{ name: "Ops", address: "ops@acme.example" }],
    to: [{ name: "", address: "desk@example.com" }],
    cc: [],
    date: "2026-11-24T08:00:00.000Z",
    messageIdHeader: "<1@acme.example>",
    html: "",
    report: null,
    feedback: [],
    problems: [],
    nested: [{ source: "a.eml", subject: "inner" }],
  });
  expect(parsed.text.trim()).toBe("Hello");
  expect(parsed.attachments).toContainEqual({
    filename: "a.pdf",
    contentType: "application/pdf",
    size: 3,
    inline: false,
  });
});

test("a mail that is no mail still gives an object", async () => {
  const parsed = parsedMail("empty", await parseMessage(Buffer.alloc(0)));
  expect(parsed).toMatchObject({ source: "empty", size: 0, subject: "", date: null, problems: [{ code: "empty" }] });
});
