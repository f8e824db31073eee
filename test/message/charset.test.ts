import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../shared/message/charset.ts";
import { encodingOf } from "../../shared/message/charset-labels.ts";

const bytes = (latin1: string): Buffer => Buffer.from(latin1, "latin1");

describe("labels", () => {
  test.each([
    ["UTF-8", "utf-8"],
    [' "utf8" ', "utf-8"],
    ["ISO-8859-1", "windows-1252"],
    ["us-ascii", "windows-1252"],
    ["cp932", "shift_jis"],
    ["Extended_UNIX_Code_Packed_Format_for_Japanese", "euc-jp"],
    ["iso-2022-jp-2", "iso-2022-jp"],
    ["ks_c_5601-1987", "euc-kr"],
    ["x-gbk", "gbk"],
    ["shift_jis", "shift_jis"],
    ["windows_1251", "windows-1251"],
    ["default_charset", "utf-8"],
    ["klingon", undefined],
    ["", undefined],
    ["hz-gb-2312", undefined],
  ])("%j names %s", (label, encoding) => {
    expect(encodingOf(label)).toBe(encoding);
  });
});

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
    { what: "Western text with nothing declared", input: "caf\xe9", declared: undefined, text: "café" },
    { what: "UTF-8 with a broken character", input: "caf\xc3\xa9 \xff!", declared: "utf-8", text: "café \ufffd!" },
    { what: "Western text labelled utf-8", input: "caf\xe9", declared: "utf-8", text: "café" },
    { what: "Shift_JIS with a broken character", input: "\x8f\xe1\x80", declared: "shift_jis", text: "障\ufffd" },
    { what: "ISO-2022-JP with 8-bit bytes", input: "\x1b$B>c\x1b(B\xe9", declared: "iso-2022-jp", text: "障\ufffd" },
  ])("$what: replaced, and a problem says so", ({ input, declared, text }) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text, problem: "undecodableText" });
  });

  test.each(["utf-7", "hz-gb-2312", "iso-2022-kr", "johab", "klingon"])(
    "trap 2, a charset that nobody decodes (%s): ASCII is read as it is, the rest by its bytes with a problem",
    (declared) => {
      expect(decodeText(bytes("status ok"), declared)).toEqual({ text: "status ok" });
      expect(decodeText(bytes("caf\xc3\xa9"), declared)).toEqual({ text: "café", problem: "unknownCharset" });
    },
  );
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
