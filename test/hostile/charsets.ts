import { lines, textHeader, utf8 } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes } from "./hostile-mail.ts";

/** A text of one thing again and again, in a charset. */
function inCharset(name: string, why: string, charset: string, unit: string, bytes: number): HostileMail {
  return {
    name,
    why,
    *pieces() {
      yield textHeader(charset === "" ? "text/plain" : `text/plain; charset=${charset}`);
      yield* filled(unit, bytes);
    },
  };
}

/** Bytes that look random and are the same each time. */
function* noise(bytes: number): Generator<Uint8Array> {
  let state = 1;
  for (let left = bytes; left > 0; left -= 65_536) {
    yield Uint8Array.from({ length: Math.min(left, 65_536) }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
  }
}

/** Bytes that are hard to decode, and characters that are hard to normalise. */
export function charsetMails(megabytes: Megabytes): readonly HostileMail[] {
  const size = megabytes(16);
  return [
    inCharset("escape sequences and nothing between", "each switches a decoder", "iso-2022-jp", "\x1b$B\x1b(B", size),
    inCharset("lone escapes, undeclared", "each could begin ISO-2022-JP, -KR or -CN", "", "\x1b", size),
    inCharset("UTF-7 that opens and never closes", "each + begins base64 that may be text", "utf-7", "+AGE+", size),
    inCharset("HZ that opens and never closes", "each ~{ switches a decoder", "hz-gb-2312", "~{VP~", size),
    inCharset(
      "GB18030, four bytes a character",
      "the ranges are searched for each",
      "gb18030",
      "\x81\x30\x81\x30",
      size,
    ),
    inCharset("GB18030, broken at each byte", "each makes a decoder begin anew", "gb18030", "\x81\x30\xff", size),
    inCharset("ISO-2022-KR without its header", "shift in and out at each character", "iso-2022-kr", "\x0e!\x0f", size),
    inCharset("UTF-16 of an odd length", "half a character is left over", "utf-16", "\0a\xd8", megabytes(4) + 1),
    inCharset("lone continuation bytes as UTF-8", "each is replaced by three bytes", "utf-8", "\x80\xbf", size),
    inCharset("NUL", "a string in C ends there", "us-ascii", "\0", size),
    inCharset(
      "marks in the wrong order",
      "normalisation sorts the marks on a letter, by insertion: quadratic",
      "utf-8",
      utf8("\u0301\u0323"),
      size,
    ),
    inCharset("letters that become eighteen", "NFKC makes 16 MB into 100 million", "utf-8", utf8("\ufdfa"), size),
    inCharset("half-width kana with marks", "two characters become one: places shift", "utf-8", utf8("ｶﾞﾊﾟ"), size),
    inCharset("nothing that can be seen", "16 MB that normalisation leaves out", "utf-8", utf8("\u200b\u00ad"), size),
    inCharset("Hangul in single letters", "three characters become one", "utf-8", utf8("\u1100\u1161\u11a8"), size),
    inCharset("what looks alike", "each character has several readings", "utf-8", utf8("rn1l|Iа"), size),
    {
      name: "undeclared noise",
      why: "every charset is a candidate, for every byte",
      *pieces() {
        yield textHeader("text/plain");
        yield* noise(megabytes(10));
      },
    },
    {
      name: "a charset with a name of 500 KB, and one that nobody knows",
      why: "the name is looked up, normalised, told in a problem",
      *pieces() {
        yield textHeader(`multipart/mixed; boundary=b; charset="${"utf-".repeat(100_000)}"`);
        yield lines("--b", `Content-Type: text/plain; charset=${"x".repeat(500_000)}`, "", "caf\xe9");
        yield lines("--b", "Content-Type: text/plain; charset=default_charset", "", "caf\xe9");
        yield lines("--b", "Content-Type: text/plain; charset=__proto__", "", "caf\xe9", "--b--");
      },
    },
    {
      name: "a keyword in full-width letters, over soft line breaks",
      why: "neither its bytes nor its characters are those of the keyword",
      found: KEYWORD,
      *pieces() {
        const wide = [...KEYWORD].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join("");
        const bytes = [...Buffer.from(wide)].map((byte) => `=${byte.toString(16).toUpperCase()}`);
        yield textHeader("text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable");
        yield bytes.join("=\r\n");
      },
    },
  ];
}
