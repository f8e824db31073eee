import { decodeText, isAscii } from "./charset.ts";
import { decodeQuotedPrintable } from "./transfer-encoding.ts";

/** A run of bytes out of neighbouring encoded words of one charset: they are joined before they are decoded. */
interface Run {
  readonly charset: string;
  readonly bytes: Buffer[];
}

/** The longest charset name, with its RFC 2231 language, that is read; without a bound each `=?` would search the whole field. */
const MAX_CHARSET_LENGTH = 80;

/**
 * Decodes the raw bytes of one header value (unfolded, as latin1: one character a byte): RFC 2047 encoded words,
 * wherever they stand, and raw 8-bit text.
 *
 * Wider than the RFC, because senders are: encoded words inside quoted strings, with spaces in them, cut inside a
 * character, without a space between.
 *
 * @param charset what the message declares for its text, the best guess for raw 8-bit bytes
 */
export function decodeHeaderValue(latin1: string, charset?: string): string {
  if (!latin1.includes("=?")) return decodeRaw(latin1, charset);
  const out: string[] = [];
  let run: Run | undefined;
  let rest = 0;
  for (const word of encodedWords(latin1)) {
    const between = latin1.slice(rest, word.start);
    const adjacent = run !== undefined && between.trim() === "";
    if (!(adjacent && run?.charset === word.charset)) {
      out.push(decodeRun(run));
      run = { charset: word.charset, bytes: [] };
    }
    if (!adjacent) out.push(decodeRaw(between, charset));
    run?.bytes.push(word.bytes);
    rest = word.end;
  }
  out.push(decodeRun(run), decodeRaw(latin1.slice(rest), charset));
  return out.join("");
}

interface EncodedWord {
  readonly start: number;
  readonly end: number;
  readonly charset: string;
  readonly bytes: Buffer;
}

/** The encoded words of a value, in order. Linear: each search begins where the last ended, or is the last. */
function* encodedWords(latin1: string): Generator<EncodedWord> {
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
    const encoded = latin1.slice(payload, close);
    // RFC 2047 section 4.2: Q is quoted-printable in which an underscore is a space.
    yield {
      start,
      end: close + 2,
      charset,
      bytes: encoding === "b" ? Buffer.from(encoded, "base64") : decodeQuotedPrintable(encoded.replaceAll("_", " ")),
    };
    from = close + 2;
  }
}

function decodeRun(run: Run | undefined): string {
  return run === undefined ? "" : decodeText(Buffer.concat(run.bytes), run.charset).text;
}

/** Not an encoded word: ASCII, or the raw bytes that RFC 6532 allows as UTF-8 and that older software sends in any charset. */
function decodeRaw(latin1: string, charset: string | undefined): string {
  const bytes = Buffer.from(latin1, "latin1");
  return isAscii(bytes) && !latin1.includes("\x1b") ? latin1 : decodeText(bytes, charset).text;
}
