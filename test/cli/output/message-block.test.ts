import { expect, test } from "vitest";
import { colours } from "../../../cli/output/colours.ts";
import { messageBlock } from "../../../cli/output/message-block.ts";
import type { ParsedMail } from "../../../cli/parse-output.ts";
import { problem } from "../../../shared/message/problems.ts";

const parsed: ParsedMail = {
  source: "a.eml",
  size: 1_834,
  sha256: "e3b0",
  subject: "Outage",
  from: [{ name: "Ops", address: "ops@acme.example" }],
  to: [],
  cc: [],
  date: null,
  messageIdHeader: "<1@acme.example>",
  text: "Hello\nworld\n",
  html: "",
  attachments: [
    { filename: "a.pdf", contentType: "application/pdf", size: 1_200, inline: false },
    { filename: null, contentType: "image/png", size: 5, inline: true },
  ],
  nested: [],
  report: "auto-reply",
  feedback: [],
  problems: [problem("badDate")],
};

test("a parsed mail is shown with what it has, messages inside it indented", () => {
  const inner = { ...parsed, subject: "Inner", from: [], attachments: [], problems: [], report: null, text: "" };
  expect(messageBlock({ ...parsed, nested: [inner] }, colours(false))).toBe(
    [
      "a.eml",
      "  Subject   Outage",
      "  From      Ops <ops@acme.example>",
      "  Id        <1@acme.example>",
      "  Report    auto-reply",
      "  Size      1,834 bytes, sha256 e3b0",
      "  Attached  a.pdf (application/pdf, 1,200 bytes)",
      "  Attached  without a name (image/png, 5 bytes, in the text)",
      "  Problem   The Date header cannot be read.",
      "  | Hello",
      "  | world",
      "  Attached message 1",
      "    Subject   Inner",
      "    Id        <1@acme.example>",
      "    Size      1,834 bytes, sha256 e3b0",
      "",
      "",
    ].join("\n"),
  );
});

test("of a long text a screen is shown", () => {
  const lines = messageBlock({ ...parsed, text: "line\n".repeat(500) }, colours(false)).split("\n");
  expect(lines.filter((line) => line === "  | line")).toHaveLength(20);
  expect(lines).toContain("  | … (2,500 characters in all; --json prints them)");
});

test("nothing of a mail is obeyed by the terminal", () => {
  const evil = "\u001b[2J\u009b1m\u202e";
  const hostile = { ...parsed, subject: evil, text: `${evil}\r\n${evil}`, messageIdHeader: evil, source: evil };
  expect(messageBlock(hostile, colours(false)).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
});
