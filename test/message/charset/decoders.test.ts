import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../../shared/message/charset/decode-text.ts";
import { leniently, strictly } from "../../../shared/message/charset/decoders.ts";

const bytes = (latin1: string): Buffer => Buffer.from(latin1, "latin1");

describe("trap 2, UTF-7 (RFC 2152), where it is declared", () => {
  test.each([
    ["Hi Mom -+Jjo--!", "Hi Mom -☺-!"],
    ["A+ImIDkQ.", "A≢Α."],
    ["+ZeVnLIqe-", "日本語"],
    ["Fr+APY-sche", "Frösche"],
    ["+2D3eAA-", "😀"],
    ["1 +- 1 +AD0 2", "1 + 1 = 2"],
    ["+ADw-b+AD4-", "<b>"],
    ["C++ and a+b, 1+1=2", "C++ and a+b, 1+1=2"],
    ["a + b+", "a + b+"],
  ])("%s -> %s", (input, text) => {
    expect(decodeText(bytes(input), "utf-7")).toEqual({ text });
  });
  test.each(["+outage-", "+2D0-", "+3gA-", "+AAA=", "+ADw"])("%s has no whole UTF-16 in it, or does", (input) => {
    expect(decodeText(bytes(input), "utf-7").text).toBe(input === "+ADw" ? "<" : input === "+AAA=" ? "\0=" : input);
  });
  test("undeclared, it is never read: it would make markup out of text", () => {
    expect(decodeText(bytes("+ADw-script+AD4-"), undefined)).toEqual({ text: "+ADw-script+AD4-" });
  });
});

describe("trap 2, HZ (RFC 1843), where it is declared", () => {
  test.each([
    ["This sentence: ~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.", "This sentence: 己所不欲，勿施於人。Bye."],
    ["a~~b ~", "a~b ~"],
    ["long ~\nline", "long line"],
    ["~{VPND\noutage", "中文\noutage"],
  ])("%j -> %s", (input, text) => {
    expect(decodeText(bytes(input), "hz-gb-2312")).toEqual({ text });
  });
  test("8-bit bytes are none of it", () => {
    expect(decodeText(bytes("~{VPNDVPND~}\xff"), "hz-gb-2312")).toEqual({
      text: "中文中文\ufffd",
      problem: "undecodableText",
    });
  });
  test("undeclared, it is never read: it would hide ASCII", () => {
    expect(decodeText(bytes("~{outage~}"), undefined)).toEqual({ text: "~{outage~}" });
  });
});

describe("trap 2, ISO-2022", () => {
  test.each([
    ["KR (RFC 1557)", "\x1b$)C\x0e>H3g\x0f ok", "iso-2022-kr", "안녕 ok"],
    ["KR whose announcement is missing", "\x0e>H3g\x0f ok", "iso-2022-kr", "안녕 ok"],
    ["KR with the eighth bit", "\x1b$)C\xbe\xc8\xb3\xe7", "iso-2022-kr", "안녕"],
    ["CN with GB2312", "\x1b$)A\x0eVPND\x0f ok", "iso-2022-cn", "中文 ok"],
    ["JP, kana by ESC ( I", "\x1b(I6^\x1b(B", "iso-2022-jp", "ｶﾞ"],
    ["JP, kana by SO and SI", "\x1b$B>c32\x1b(B \x0e6^\x0f", "iso-2022-jp", "障害 ｶﾞ"],
    ["JP, kana with the eighth bit", "\x1b$B>c32\x1b(B \xb6\xde", "iso-2022-jp", "障害 ｶﾞ"],
    ["JP, JIS Roman", "\x1b(J\\~a\x1b(B\\~a", "iso-2022-jp", "¥‾a\\~a"],
    ["JP, NEC and IBM characters", "\x1b$B-!y!\x1b(B", "iso-2022-jp", "①纊"],
    ["JP, revised set announced", "\x1b&@\x1b$B>c32\x1b(B", "iso-2022-jp", "障害"],
    ["JP-1, JIS X 0212", "\x1b$(D0!\x1b(B", "iso-2022-jp-1", "丂"],
    [
      "JP-2, Chinese, Korean, Western and Greek",
      "\x1b$AVP\x1b$(C>H\x1b(B caf\x1b.A\x1bNi \x1b.F\x1bNa",
      "iso-2022-jp-2",
      "中안 café α",
    ],
    ["JP that does not return to ASCII at a line end", "\x1b$B>c\n32\x1b(B", "iso-2022-jp", "障\n害"],
    ["JP whose next line cannot be pairs", "\x1b$B>c32\ntotal outage", "iso-2022-jp", "障害\ntotal outage"],
    ["JP with spaces between characters", "\x1b$B>c 32\x1b(B", "iso-2022-jp", "障 害"],
  ])("%s", (_, input, declared, text) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text });
  });

  test.each(["\x1b$)C\x0eoutage\x0f", "\x1b$)A\x0eoutage\x0f"])(
    "KR and CN, undeclared, are never read: they would hide ASCII (%j)",
    (input) => {
      expect(decodeText(bytes(input), undefined)).toEqual({ text: input });
    },
  );

  test.each([
    ["a byte of a pair alone", "\x1b$B>c3\x1b(B", "iso-2022-jp", "障\ufffd"],
    ["a pair that is no character", "\x1b$B/!\x1b(B", "iso-2022-jp", "\ufffd"],
    ["CNS 11643, which is not read", "\x1b$)G\x0eVP\x0f\x1b$*H\x1bNVP ok", "iso-2022-cn", "\ufffd\ufffdP ok"],
    ["an escape sequence that nobody knows", "\x1b%G ok", "iso-2022-kr", "\x1b%G ok"],
    ["a lone byte with the eighth bit", "\x1b$)Cok\xbe", "iso-2022-kr", "ok\ufffd"],
    ["a byte that is no kana", "\x1b(I`\x1b(B", "iso-2022-jp", "\ufffd"],
  ])("%s", (_, input, declared, text) => {
    expect(decodeText(bytes(input), declared)).toEqual({ text, problem: "undecodableText" });
  });
});

describe("trap 2, Johab", () => {
  test.each([
    ["\xb4e\x91w\xd0a\xadA\xb6a", "안녕하세요"],
    ["\x88A\x84a\x84D ok", "ㄱㅏㄳ ok"],
    ["\xd9j\xf7\xd3", "★漢"],
  ])("%j", (input, text) => {
    expect(decodeText(bytes(input), "johab")).toEqual({ text });
  });
  test.each([
    ["\xff\xff", "\ufffd"],
    ["\xd91", "\u3000"],
    ["\x80A", "\ufffdA"],
    ["\xd9\x20", "\ufffd "],
    ["\xdf\x41", "\ufffdA"],
  ])("%j -> %j", (input, text) => {
    expect(leniently(bytes(input), "johab")).toBe(text);
  });
});

describe("what TextDecoder reads otherwise than mail means it", () => {
  test.each([
    ["euc-kr", "\x8cc\xb0\xa1", "똠가"],
    ["ks_c_5601-1987", "\x8cc", "똠"],
    ["big5", "\x88b\xa4\xa4", "Ê̄中"],
    ["windows-1252", "\x80\x93\x94\x85\x81", "€“”…\x81"],
    ["gb2312", "\x81@\xa2\xe3\x810\x810", "丂€\u0080"],
    ["cp437", "caf\x82 \xe1", "café ß"],
    ["cp850", "caf\x82 \xe1", "café ß"],
    ["cp852", "\xb3 \x9f", "│ č"],
    ["cp866", "\x91\xe0", "Ср"],
    ["x-mac-ce", "\x8b", "č"],
    ["cp932", "\x87@\xfaJ\xedU", "①Ⅰ"],
  ])("%s", (label, input, text) => {
    expect(decodeText(bytes(input), label).text.startsWith(text)).toBe(true);
  });
});

const ROUND_TRIPS: readonly (readonly [label: string, letters: string])[] = [
  ["shift_jis", "障害あいうアイウｱｲｳ①"],
  ["euc-jp", "障害あいうアイウ"],
  ["gb18030", "系统故障通知😀é"],
  ["gb2312", "系统故障通知"],
  ["big5", "系統故障通知"],
  ["ks_c_5601-1987", "장애알림똠방각하"],
  ["koi8-r", "Срочносбй"],
  ["windows-1251", "Срочносбй№"],
  ["iso-8859-5", "Срочносбй"],
  ["windows-1252", "äöüéèñ€“”"],
  ["iso-8859-2", "ąęłóżř"],
  ["windows-1253", "αβγΩ"],
  ["windows-1255", "אבג"],
  ["windows-1256", "تمإرسال"],
  ["windows-874", "กขค"],
  ["cp850", "äöüé│"],
  ["utf-7", "äöü障害😀"],
  ["utf-16le", "äöü障害😀"],
  ["utf-32le", "äöü障害😀"],
];

describe("text that is written in an encoding and labelled so comes back", () => {
  test.each(ROUND_TRIPS)("%s", (label, letters) => {
    const units = fc.constantFrom(...letters, ..." abcXYZ01.,\n");
    fc.assert(
      fc.property(fc.array(units, { minLength: 1 }), (parts) => {
        const text = `${parts.join("")}${letters}`;
        const written = iconv.encode(text, label === "ks_c_5601-1987" ? "cp949" : label);
        expect(decodeText(written, label)).toEqual({ text });
      }),
    );
  });
});

const LABELS = [
  ...ROUND_TRIPS.map(([label]) => label),
  "utf-8",
  "us-ascii",
  "iso-2022-jp",
  "iso-2022-kr",
  "iso-2022-cn",
  "hz-gb-2312",
  "johab",
  "x-mac-ce",
  "klingon",
];

test("any bytes under any label give text, and text as if strictly read has no replacement in it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...LABELS), (input, label) => {
      const { text, problem } = decodeText(input, label);
      expect(text.includes("\ufffd") && problem === undefined && !Buffer.from(input).includes(0xef)).toBe(false);
    }),
  );
});

test("ASCII is itself under every label that has it", () => {
  const ascii = fc.string({ unit: fc.constantFrom(..."abc XYZ 0123 .,:;<>/&=\"'\n\t") });
  fc.assert(
    fc.property(ascii, fc.constantFrom(...LABELS.filter((label) => !/^utf-(16|32)/.test(label))), (text, label) => {
      expect(decodeText(Buffer.from(text), label)).toEqual({ text });
    }),
  );
});

test("a word of ASCII survives whatever stands before it, but for its first letter", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom("shift_jis", "gbk", "big5", "euc-kr", "johab", "cp850"),
      (noise, label) => {
        expect(leniently(Buffer.concat([noise, bytes(" outage ")]), label)).toContain("utage ");
      },
    ),
  );
});

test("strictly says no to what is nothing in the encoding, and goes on to work", () => {
  expect(strictly(bytes("\xff\xff"), "shift_jis")).toBeUndefined();
  expect(strictly(bytes("\x8f\xe1\x8aQ"), "shift_jis")).toBe("障害");
  expect(strictly(bytes("\xff"), "euc-kr")).toBeUndefined();
});
