import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginsLikeAMail, HEAD_BYTES } from "../../../cli/sources/begins-like-a-mail.ts";

const begins = (text: string) => beginsLikeAMail(Buffer.from(text, "latin1"));

describe("what begins like a mail", () => {
  test.each([
    ["a header with a field of mail", "X-Anything: 1\nSubject: hello\n\ntext"],
    ["CRLF line ends", "Received: by mx\r\n\tfor you\r\n\r\ntext"],
    ["trap 2, bare-CR line ends", "Received: by mx\rSubject: hello\r\rtext"],
    ["field names in any case", "sUBJECT: hello\n\n"],
    ["white space before the colon (trap 2, `From  :`)", "From  : a@acme.example\n\n"],
    ["a byte order mark", "\u00ef\u00bb\u00bfSubject: hello\n\n"],
    ["empty lines before the header", "\r\n\nSubject: hello\n\n"],
    ["a blank line before the header", "     \nDelivered-To: b@example.com\n\n"],
    ["white space before the first field", " From: a@acme.example\nSubject: hello\n\n"],
    ["a header without a body", "Subject: hello"],
    ["raw 8-bit text in a value", "Subject: \u008d\u00e0\u00ff\n\n"],
    ["an mbox From line and any field", "From a Tue Nov 24 08:00:00 2026\nX-Any: 1\n\n"],
    ["an escaped From line", ">From a Tue Nov 24 08:00:00 2026\nSubject: hello\n\n"],
    ["a family of field names", "X-SES-Spam-Verdict: PASS\n\n"],
    ["one broken line among good ones", "Received: by mx\nbroken line\nSubject: hello\n\n"],
    ["a name that is folded before its colon", "Received: by mx\nFrom\n : a@acme.example\nDate: today\n\n"],
    ["a header longer than is looked at", `Subject: hello\nX-Long: ${"x".repeat(HEAD_BYTES)}`],
  ])("%s", (_, text) => {
    expect(begins(text)).toBe(true);
  });
});

describe("what does not", () => {
  test.each([
    ["nothing", ""],
    ["blank lines only", "\n \n\r\n"],
    ["prose", "Dear all,\n\nSubject: not a header\n"],
    ["prose that begins with one field", "To: all\nplease come\nto the meeting\n\n"],
    ["fields of something else", "name: mailroom\nversion: 1\n\n"],
    ["an HTTP response", "HTTP/1.1 200 OK\nDate: today\nContent-Type: text/html\n\n"],
    ["JSON", '{"Subject": "hello"}\n'],
    ["HTML", "<!doctype html>\n<html>\n"],
    ["a binary file", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
    ["a sentence that begins with From and ends with a year", "From spring to autumn 2026\nwe were closed\n"],
    ["more broken lines than fields", "From: a\nTo: b\nx\ny\nz\n\n"],
    ["a field of mail beyond what is looked at", `X-Long: ${"x".repeat(HEAD_BYTES)}\nSubject: hello\n\n`],
  ])("%s", (_, text) => {
    expect(begins(text)).toBe(false);
  });
});

test("every mail with a header of well-formed fields begins like one, whatever its values", () => {
  const name = fc.stringMatching(/^X-[A-Za-z0-9-]{1,20}$/);
  const value = fc.string({ unit: fc.constantFrom(..."abc:<>@ \t\u00e9\u0000"), maxLength: 40 });
  const field = fc.tuple(name, value, fc.constantFrom("\n", "\n continued\n"));
  fc.assert(
    fc.property(
      fc.array(field, { maxLength: 20 }),
      fc.nat({ max: 20 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      (fields, at, lineEnd) => {
        const lines = fields.map(([key, text, end]) => `${key}: ${text}${end}`);
        lines.splice(at, 0, "Subject: x\n");
        expect(begins(`${lines.join("")}\nbody`.replaceAll("\n", lineEnd))).toBe(true);
      },
    ),
  );
});

test("any bytes are judged without failing", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => typeof beginsLikeAMail(bytes) === "boolean"));
});
