import { isAscii } from "node:buffer";
import { decodeText } from "../charset/decode-text.ts";
import { encodingOf } from "../charset/labels.ts";
import { decodeRun, type EncodedWord } from "./encoded-run.ts";

/** The longest charset name, with its RFC 2231 language, that is read; without a bound each `=?` would search the whole field. */
const MAX_CHARSET_LENGTH = 80;

/**
 * Decodes the raw bytes of one header value (unfolded, as latin1: one character a byte): RFC 2047 encoded words,
 * wherever they stand, and raw 8-bit text.
 *
 * Wider than the RFC, because senders are: encoded words inside quoted strings, with spaces in them, cut inside a
 * character, without a space between.
 *
 * @param likely charsets and languages that the mail names elsewhere: what raw 8-bit bytes are probably in
 */
export function decodeHeaderValue(latin1: string, ...likely: readonly (string | undefined)[]): string {
  const hints = likely.filter((hint) => hint !== undefined);
  if (!latin1.includes("=?")) return decodeRaw(latin1, hints);
  const out: string[] = [];
  let run: EncodedWord[] = [];
  let rest = 0;
  for (const word of encodedWords(latin1)) {
    const between = latin1.slice(rest, word.start);
    const adjacent = run.length > 0 && between.trim() === "";
    if (!(adjacent && isSameCharset(run[0]?.charset, word.charset))) {
      out.push(decodeRun(run, hints));
      run = [];
    }
    if (!adjacent) out.push(decodeRaw(between, hints));
    run.push(word);
    rest = word.end;
  }
  out.push(decodeRun(run, hints), decodeRaw(latin1.slice(rest), hints));
  return out.join("");
}

/** Whether two labels name one encoding: `utf-8` and `UTF8`, `gb2312` and `gbk`. */
function isSameCharset(one: string | undefined, other: string): boolean {
  return one === other || (one !== undefined && encodingOf(one) !== undefined && encodingOf(one) === encodingOf(other));
}

interface PlacedWord extends EncodedWord {
  readonly start: number;
  readonly end: number;
}

/** The encoded words of a value, in order. Linear: each search begins where the last ended, or is the last. */
function* encodedWords(latin1: string): Generator<PlacedWord> {
  let from = 0;
  for (;;) {
    const start = latin1.indexOf("=?", from);
    if (start < 0) return;
    const charsetEnd = latin1.slice(start + 2, start + 2 + MAX_CHARSET_LENGTH).indexOf("?") + start + 2;
    const encoding = latin1[charsetEnd + 1]?.toLowerCase();
    const payload = charsetEnd + 3;
    if (charsetEnd <= start + 2 || (encoding !== "b" && encoding !== "q") || latin1[payload - 1] !== "?") {
      from = start + 2;
      continue;
    }
    const close = latin1.indexOf("?=", payload);
    if (close < 0) return;
    const charset = latin1
      .slice(start + 2, charsetEnd)
      .replace(/\*.*$/, "")
      .toLowerCase();
    yield { start, end: close + 2, charset, encoding, payload: latin1.slice(payload, close) };
    from = close + 2;
  }
}

/**
 * Not an encoded word: ASCII, or the raw bytes that RFC 6532 allows as UTF-8 and that older software sends in any charset. What
 * the body declares is a hint and no declaration: a mail in iso-8859-1 has Subjects in anything.
 */
function decodeRaw(latin1: string, likely: readonly string[]): string {
  const bytes = Buffer.from(latin1, "latin1");
  return isAscii(bytes) && !latin1.includes("\x1b") ? latin1 : decodeText(bytes, undefined, likely).text;
}
