import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHeaderValue } from "../../shared/message/encoded-words.ts";

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

describe("trap 2, raw 8-bit Subject: it is decoded again from its bytes", () => {
  test("UTF-8 (RFC 6532)", () => expect(decodeHeaderValue(raw("障害のお知らせ"))).toBe("障害のお知らせ"));
  test("in the charset that the body declares", () =>
    expect(decodeHeaderValue("\x8f\xe1\x8aQ", "Shift_JIS")).toBe("障害"));
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
