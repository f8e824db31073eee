import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LossyContentError, MalformedEventError } from "../../shared/errors.ts";
import { readContent, readEncoding } from "../../shared/receipt/announced-content.ts";

const MAIL = "Return-Path: <ana@client.example>\r\nSubject: 圧力\r\n\r\nPrüfe Pumpe 7.\r\n";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

test.each([
  { written: "UTF-8", encoding: "utf8" },
  { written: "UTF8", encoding: "utf8" },
  { written: "utf_8", encoding: "utf8" },
  { written: undefined, encoding: "utf8" },
  { written: null, encoding: "utf8" },
  { written: "", encoding: "utf8" },
  { written: "BASE64", encoding: "base64" },
  { written: "Base64", encoding: "base64" },
  { written: "base-64", encoding: "base64" },
])("encoding $written is $encoding", ({ written, encoding }) => {
  expect(readEncoding(written, "encoding")).toBe(encoding);
});

describe("content gives the bytes that SES received", () => {
  test.each([
    { said: "utf8", content: MAIL, what: "the text" },
    { said: "base64", content: base64(MAIL), what: "the Base64" },
    { said: "utf8", content: base64(MAIL), what: "plainly Base64" },
    { said: "base64", content: MAIL, what: "plainly text" },
  ] as const)("said to be $said, and is $what", ({ said, content }) => {
    expect(textOf(readContent(content, said, "content"))).toBe(MAIL);
  });

  test("a text that could be Base64 of something else than a mail is text", () => {
    expect(textOf(readContent("abcd", "utf8", "content"))).toBe("abcd");
  });

  test("trap 1.6, bytes through UTF-8: a mail of any bytes survives Base64", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const read = readContent(Buffer.from(bytes).toString("base64"), "base64", "content");
        expect(Buffer.compare(read, bytes)).toBe(0);
      }),
    );
  });

  test("a mail of any well-formed text survives UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.includes("\uFFFD"));
        const mail = `Subject: a\r\n\r\n${text}`;
        expect(textOf(readContent(mail, "utf8", "content"))).toBe(mail);
      }),
    );
  });
});

describe("trap 1.6, bytes through UTF-8: a mail that has lost bytes is refused, and what to do is said", () => {
  test.each([
    { what: "a replacement character", content: `${MAIL}Stra\uFFFDe`, said: "utf8" },
    { what: "half of a surrogate pair", content: `${MAIL}\uD83D`, said: "utf8" },
    { what: "the other half", content: `${MAIL}\uDE00.`, said: "utf8" },
    { what: "text that is said to be Base64", content: `${MAIL}\uFFFD`, said: "base64" },
  ] as const)("$what", ({ content, said }) => {
    const read = () => readContent(content, said, "Records[0].Sns.Message.content");
    expect(read).toThrow(LossyContentError);
    expect(read).toThrow(
      "Records[0].Sns.Message.content: the mail is not UTF-8, and characters of it were replaced before it came here. Set the encoding of the SNS action to Base64",
    );
  });
});

describe("Base64 is whole and valid, or refused", () => {
  const whole = base64(MAIL);
  test.each([
    { what: "cut", content: whole.slice(0, -5) },
    { what: "without its padding", content: whole.replace(/=+$/, "") },
    { what: "padded too much", content: `${whole}=` },
    { what: "with a character of another alphabet", content: `-${whole.slice(1)}` },
    { what: "with a line end", content: `${whole}\r\n` },
    { what: "with bits that are left over", content: "UHVtcH==" },
    { what: "two in one", content: "UHVt=UHVt" },
    { what: "of nothing", content: "=" },
  ])("$what", ({ content }) => {
    expect(() => readContent(content, "base64", "content")).toThrow(MalformedEventError);
    expect(() => readContent(content, "base64", "content")).toThrow(
      /expected whole and valid Base64, got a string of \d+ characters/,
    );
  });
});
