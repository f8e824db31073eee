import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../../shared/message/charset/decode-text.ts";

const bytes = (latin1: string): Buffer => Buffer.from(latin1, "latin1");

describe("decoding", () => {
  test.each([
    { what: "declared Shift_JIS", input: "\x8f\xe1\x8aQ", declared: "Shift_JIS", text: "障害" },
    { what: "declared EUC-JP", input: "\xbe\xe3\xb3\xb2", declared: "euc-jp", text: "障害" },
    { what: "declared KOI8-R", input: "\xd3\xd2\xcf\xde\xce\xcf", declared: "koi8-r", text: "срочно" },
    { what: "declared windows-1252", input: "\x93caf\xe9\x94", declared: "windows-1252", text: "“café”" },
    { what: "ISO-2022-JP with half-width kana", input: "\x1b(I6^\x1b(B", declared: "iso-2022-jp", text: "ｶﾞ" },
    { what: "nothing declared, valid UTF-8", input: "caf\xc3\xa9", declared: undefined, text: "café" },
    {
      what: "a UTF-8 byte order mark over another label",
      input: "\xef\xbb\xbfcaf\xc3\xa9",
      declared: "koi8-r",
      text: "café",
    },
    { what: "a UTF-16 byte order mark", input: "\xff\xfeh\0i\0", declared: undefined, text: "hi" },
    { what: "declared UTF-16", input: "\0h\0i", declared: "utf-16be", text: "hi" },
    { what: "an escape byte that is no Japanese", input: "\x1b[0m ok", declared: "us-ascii", text: "\x1b[0m ok" },
    { what: "kana by its own escape sequence, undeclared", input: "\x1b(I6^\x1b(B", declared: undefined, text: "ｶﾞ" },
  ])("$what", ({ input, declared, text }) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text });
  });

  test.each([
    {
      what: "UTF-8 bytes labelled iso-8859-1",
      input: "\xe9\x9a\x9c\xe5\xae\xb3",
      declared: "iso-8859-1",
      text: "障害",
    },
    { what: "UTF-8 bytes labelled us-ascii", input: "\xe9\x9a\x9c\xe5\xae\xb3", declared: "us-ascii", text: "障害" },
    { what: "UTF-8 bytes labelled euc-kr", input: "caf\xc3\xa9 \xe2\x82\xac", declared: "euc-kr", text: "café €" },
    { what: "undeclared ISO-2022-JP", input: "\x1b$B>c32\x1b(B", declared: undefined, text: "障害" },
    { what: "ISO-2022-JP labelled us-ascii", input: "\x1b$@>c32\x1b(J", declared: "us-ascii", text: "障害" },
    { what: "the label default_charset over UTF-8", input: "caf\xc3\xa9", declared: "default_charset", text: "café" },
    {
      what: "the long EUC-JP label",
      input: "\xbe\xe3",
      declared: "Extended_UNIX_Code_Packed_Format_for_Japanese",
      text: "障",
    },
  ])("trap 2, undeclared or misdeclared text: $what", ({ input, declared, text }) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text });
  });

  test.each([
    { what: "UTF-8 with a broken character", input: "caf\xc3\xa9 \xff!", declared: "utf-8", text: "café \ufffd!" },
    { what: "Shift_JIS with a broken character", input: "\x8f\xe1\x80", declared: "shift_jis", text: "障\ufffd" },
    { what: "ISO-2022-JP with 8-bit bytes", input: "\x1b$B>c\x1b(B\xe9", declared: "iso-2022-jp", text: "障\ufffd" },
  ])("$what: replaced, and a problem says so", ({ input, declared, text }) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text, problem: "undecodableText" });
  });

  test.each(["klingon", "x-user-unknown", "iso-8859-99"])(
    "trap 2, a charset that nobody knows (%s): ASCII is read as it is, the rest by its bytes with a problem",
    (declared) => {
      expect(decodeText(bytes("status ok"), declared)).toEqual({ text: "status ok" });
      expect(decodeText(bytes("caf\xc3\xa9"), declared)).toEqual({ text: "café", problem: "unknownCharset" });
      expect(
        decodeText(bytes("\xf3\xd2\xcf\xde\xce\xcf: \xce\xc5 \xd2\xc1\xc2\xcf\xd4\xc1\xc5\xd4"), declared),
      ).toEqual({
        text: "Срочно: не работает",
        problem: "unknownCharset",
      });
    },
  );
});

const GUESSED = [
  { text: "障害が発生しました", encoding: "shift_jis" },
  { text: "サーバーの障害のお知らせ", encoding: "euc-jp" },
  { text: "服务器发生故障，请检查", encoding: "gb18030" },
  { text: "伺服器發生錯誤，請檢查", encoding: "big5" },
  { text: "서버 장애 알림입니다", encoding: "euc-kr" },
  { text: "Срочно: сервер не отвечает", encoding: "koi8-r" },
  { text: "Срочно: сервер не отвечает", encoding: "windows-1251" },
  { text: "Störung – „Lager“ ist zu", encoding: "windows-1252" },
];

describe("trap 2, undeclared or misdeclared 8-bit text is read by what language it would be, and a problem says so", () => {
  test.each(GUESSED)("undeclared $encoding: $text", ({ text, encoding }) => {
    expect(decodeText(iconv.encode(text, encoding), undefined)).toEqual({ text, problem: "guessedCharset" });
  });
  test.each(GUESSED)("$encoding labelled us-ascii: $text", ({ text, encoding }) => {
    expect(decodeText(iconv.encode(text, encoding), "US-ASCII")).toEqual({ text, problem: "guessedCharset" });
  });
  test.each(GUESSED)("$encoding labelled utf-8: $text", ({ text, encoding }) => {
    expect(decodeText(iconv.encode(text, encoding), "utf-8")).toEqual({ text, problem: "guessedCharset" });
  });
  test.each([
    { what: "Shift_JIS labelled iso-2022-jp", text: "障害です", encoding: "shift_jis", declared: "iso-2022-jp" },
    { what: "EUC-JP labelled iso-2022-jp", text: "障害です", encoding: "euc-jp", declared: "iso-2022-jp" },
    { what: "Shift_JIS labelled euc-jp", text: "ログを確認してください", encoding: "shift_jis", declared: "euc-jp" },
    { what: "Big5 labelled euc-jp", text: "伺服器發生錯誤", encoding: "big5", declared: "euc-jp" },
  ])("$what", ({ text, encoding, declared }) => {
    expect(decodeText(iconv.encode(text, encoding), declared)).toEqual({ text, problem: "guessedCharset" });
  });
  test.each([
    ["gb2312", "障害のお知らせ、服务器"],
    ["big5", "伺服器錯誤"],
    ["windows-1251", "Срочно"],
    ["shift_jis", "障害"],
    ["iso-2022-jp", "障害"],
    ["utf-7", "障害"],
    ["hz-gb-2312", "café"],
    ["johab", "障害"],
    ["euc-jp", "Übung für Müller"],
  ])("UTF-8 labelled %s", (declared, text) => {
    expect(decodeText(Buffer.from(text), declared)).toEqual({ text });
  });
  test("noise is Western text, and keeps its ASCII", () => {
    expect(decodeText(bytes("\xff\xfa outage \xfd\x81\xfe"), undefined).text).toContain(" outage ");
  });
});

describe("what fits the declaration is believed, however odd it looks", () => {
  test.each([
    ["iso-8859-1", "\xd6\xd0\xce\xc4", "ÖÐÎÄ"],
    ["koi8-r", "\xd6\xd0\xce\xc4", "жпнд"],
    ["gb2312", "\xf3\xd2\xcf\xde\xce\xcf", "笠限蜗"],
  ])("%s", (declared, input, text) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text });
  });
});

describe("UTF-16", () => {
  const wide = (text: string): Buffer => Buffer.from(text, "utf16le");
  test.each([
    { what: "little-endian, without a mark", input: wide("outage 障害"), declared: "utf-16" },
    { what: "big-endian, without a mark", input: wide("outage 障害").swap16(), declared: "utf-16" },
    { what: "big-endian, with a mark", input: wide("\ufeffoutage 障害").swap16(), declared: "utf-16" },
    { what: "undeclared, without a mark", input: wide("outage 障害"), declared: undefined },
    { what: "labelled iso-8859-1, without a mark", input: wide("outage 障害").swap16(), declared: "iso-8859-1" },
    {
      what: "a label that is left over, on UTF-8",
      input: Buffer.from("the label is left over from somewhere, outage 障害"),
      declared: "x",
    },
  ])("$what", ({ input, declared }) => {
    expect(decodeText(input, declared).text).toMatch(/outage 障害$/);
  });
  test("its label on text that has been brought into ASCII since", () => {
    expect(decodeText(bytes("total outage since noon"), "utf-16")).toEqual({ text: "total outage since noon" });
  });
  test("half a character", () => {
    expect(decodeText(bytes("h\0i\0\xd8"), "utf-16le")).toEqual({ text: "hi\ufffd", problem: "undecodableText" });
  });
  test("UTF-32 by its mark", () => {
    expect(decodeText(iconv.encode("outage 障害", "utf-32"), undefined)).toEqual({ text: "outage 障害" });
  });
});

test.each([
  ["utf-8", "\x1b$B障害"],
  ["Shift_JIS", "\x1b$B"],
  ["iso-8859-1", "\xff\xfeoutage"],
])("marks among the bytes do not turn text that is declared %s into something else", (declared, text) => {
  const input = declared === "utf-8" ? Buffer.from(text) : bytes(text);
  expect(decodeText(input, declared).text).toBe(declared === "iso-8859-1" ? "ÿþoutage" : text);
});

test("any bytes under any label give text", () => {
  const labels = fc.constantFrom(undefined, "utf-8", "iso-2022-jp", "shift_jis", "euc-kr", "utf-16", "x", "");
  fc.assert(
    fc.property(fc.uint8Array(), labels, (input, label) => {
      expect(typeof decodeText(input, label).text).toBe("string");
    }),
  );
});
