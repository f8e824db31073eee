import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeHeaderValue } from "../../../shared/message/header/encoded-words.ts";

const raw = (text: string, encoding: BufferEncoding = "utf8"): string => Buffer.from(text, encoding).toString("latin1");

describe("RFC 2047", () => {
  test.each([
    ["plain text", "plain text"],
    ["=?UTF-8?Q?Bestellung_4711_=E2=80=93_dringend?=", "Bestellung 4711 – dringend"],
    ["=?utf-8?b?6Zqc5a6z?=", "障害"],
    ["=?ISO-2022-JP?B?GyRCPmMzMhsoQg==?=", "障害"],
    ["=?iso-8859-1*en?Q?caf=E9?=", "café"],
    ["Re: =?utf-8?Q?=C3=A9?= und mehr", "Re: é und mehr"],
    ["=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"],
    ["=?utf-8?Q?a?=\t=?iso-8859-1?Q?=E9?=", "aé"],
    ["=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"],
    ["=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"],
    ['"=?utf-8?Q?M=C3=BCller?=" <m@example.com>', '"Müller" <m@example.com>'],
    ["=?utf-8?Q?two words?=", "two words"],
    ["=?utf-8?Q??=", ""],
    ["=?utf-8?Q?100%=?=", "100%="],
  ])("%s -> %s", (value, decoded) => {
    expect(decodeHeaderValue(value)).toBe(decoded);
  });

  test("a character that is cut between two encoded words is whole again", () => {
    expect(decodeHeaderValue("=?utf-8?B?6Zo=?= =?utf-8?B?nOWusw==?=")).toBe("障害");
  });

  test("escape sequences that meet where ISO-2022-JP words are joined do no harm", () => {
    expect(decodeHeaderValue("=?ISO-2022-JP?B?GyRCPmMbKEI=?= =?ISO-2022-JP?B?GyRCMzIbKEI=?=")).toBe("障害");
  });

  test.each(["=?", "=?=?", "=?utf-8", "=?utf-8?", "=?utf-8?X?abc?=", "=??Q?abc?=", "=?utf-8?Q?never closed"])(
    "%s is no encoded word and stays as it is",
    (value) => {
      expect(decodeHeaderValue(value)).toBe(value);
    },
  );

  test("text after a broken encoded word is still decoded", () => {
    expect(decodeHeaderValue("=?x =?utf-8?Q?ok?=")).toBe("=?x ok");
  });
});

describe("trap 2, encoded words that say something else than they are", () => {
  const word = (charset: string, text: string, encoding = charset): string =>
    `=?${charset}?B?${iconv.encode(text, encoding).toString("base64")}?=`;
  test.each([
    ["GBK and GB18030 labelled gb2312", word("gb2312", "镕基 㐀 系统", "gb18030"), "镕基 㐀 系统"],
    ["windows-1252 labelled iso-8859-1", "=?iso-8859-1?Q?=93caf=E9=94_=96_=80?=", "“café” – €"],
    ["CP949 labelled ks_c_5601-1987", word("ks_c_5601-1987", "똠방각하", "cp949"), "똠방각하"],
    ["Shift_JIS labelled iso-2022-jp", word("iso-2022-jp", "障害のお知らせ", "shift_jis"), "障害のお知らせ"],
    ["cp932 labelled shift_jis", word("shift_jis", "①㈱Ⅳ", "cp932"), "①㈱Ⅳ"],
    ["latin1 labelled utf-8", "=?utf-8?Q?St=F6rung_f=FCr_M=FCller?=", "Störung für Müller"],
    ["KOI8-R labelled utf-8", word("utf-8", "Срочно: не работает", "koi8-r"), "Срочно: не работает"],
    ["UTF-8 labelled gb2312", word("gb2312", "系统故障通知", "utf-8"), "系统故障通知"],
    ["UTF-8 labelled iso-2022-jp", word("iso-2022-jp", "障害", "utf-8"), "障害"],
    ["UTF-7", "=?utf-7?Q?Fr+APY-sche?=", "Frösche"],
    ["UTF-7 by its old name", "=?unicode-1-1-utf-7?Q?Fr+APY-sche?=", "Frösche"],
    ["HZ", "=?hz-gb-2312?Q?~{VPND~}_ok?=", "中文 ok"],
    ["ISO-2022-KR", "=?iso-2022-kr?B?GyQpQw4+SDNnDyBvaw==?=", "안녕 ok"],
    ["cp850", "=?cp850?Q?caf=82?=", "café"],
    ["a label that nobody knows", "=?default_charset?B?6Zqc5a6z?=", "障害"],
  ])("%s", (_, value, text) => {
    expect(decodeHeaderValue(value)).toBe(text);
  });
});

describe("trap 2, encoded words that are cut where they may not be", () => {
  const base64 = Buffer.from("障害のお知らせ").toString("base64");
  test.each(Array.from({ length: base64.length - 1 }, (_, at) => at + 1))("base64 cut after %i characters", (at) => {
    const value = `=?utf-8?B?${base64.slice(0, at)}?= =?UTF-8?B?${base64.slice(at)}?=`;
    expect(decodeHeaderValue(value)).toBe("障害のお知らせ");
  });
  test.each([
    ["a character over B and Q", "=?utf-8?B?6Zo=?= =?utf-8?Q?=9C=E5=AE=B3?=", "障害"],
    ["a character over two names of one charset", "=?utf8?Q?=E9=9A?= =?utf-8?Q?=9C?=", "障"],
    ["base64 cut before a word in Q", "=?utf-8?B?YWI?= =?utf-8?Q?c?=", "abc"],
    ["base64 without padding, twice", "=?utf-8?B?6Q?= =?utf-8?B?mpw?=", "障"],
    [
      "base64 without padding, that would be another text in one piece",
      "=?utf-8?B?w6kh?= =?utf-8?B?w6k?= =?utf-8?B?IcOpw6k?=",
      "é!é!éé",
    ],
    ["base64 without padding, four times", "=?utf-8?B?w6k?= ".repeat(4).trim(), "éééé"],
    ["words of which one is mislabelled", "=?utf-8?Q?caf=C3=A9_?= =?utf-8?Q?=FCber_=FC_=FC_=FC?=", "café über ü ü ü"],
    ["an unknown charset twice", "=?klingon?Q?a?= =?klingon?Q?b?= =?romulan?Q?c?=", "abc"],
    ["Shift_JIS between the bytes of a character", "=?shift_jis?Q?=8F?= =?shift_jis?Q?=E1=8AQ?=", "障害"],
  ])("%s", (_, value, text) => {
    expect(decodeHeaderValue(value)).toBe(text);
  });
});

describe("trap 2, raw 8-bit Subject: it is decoded again from its bytes", () => {
  test("UTF-8 (RFC 6532)", () => expect(decodeHeaderValue(raw("障害のお知らせ"))).toBe("障害のお知らせ"));
  test("in the charset that the body declares", () =>
    expect(decodeHeaderValue("\x8f\xe1\x8aQ", "Shift_JIS")).toBe("障害"));
  test.each([
    ["gb18030", "系统故障通知", undefined],
    ["koi8-r", "Срочно: не работает", "iso-8859-1"],
    ["windows-1251", "Срочно: не работает", "koi8-r"],
    ["euc-kr", "서버 장애 알림", "us-ascii"],
    ["big5", "系統故障通知", "utf-8"],
    ["windows-1252", "Störung – „Lager“ zu", "gb2312"],
    ["windows-1252", "é", "windows-1252"],
    ["windows-1250", "Brak płatności", "pl"],
  ])("%s: %s, in a mail that names %s", (encoding, text, named) => {
    expect(decodeHeaderValue(iconv.encode(text, encoding).toString("latin1"), named)).toBe(text);
  });
  test("Western, when nothing is declared", () => expect(decodeHeaderValue(raw("caf\u00e9", "latin1"))).toBe("café"));
  test("escape sequences of ISO-2022-JP without an encoded word", () =>
    expect(decodeHeaderValue("\x1b$B>c32\x1b(B")).toBe("障害"));
});

test("trap 2, UTF-8 bytes labelled iso-8859-1 in an encoded word are read as UTF-8", () => {
  expect(decodeHeaderValue("=?iso-8859-1?Q?caf=C3=A9?= and =?us-ascii?Q?=E9=9A=9C?=")).toBe("café and 障");
});

test("whatever is encoded is decoded to the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
      const encoded = `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;
      expect(decodeHeaderValue(encoded)).toBe(
        Buffer.from(text)
          .toString()
          .replace(/^\ufeff/, ""),
      );
    }),
  );
});

test("any bytes give some text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(typeof decodeHeaderValue(Buffer.from(bytes).toString("latin1"))).toBe("string");
    }),
  );
});
