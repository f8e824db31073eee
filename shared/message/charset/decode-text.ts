import { isAscii } from "node:buffer";
import type { ProblemCode } from "../problems.ts";
import { leniently, strictly } from "./decoders.ts";
import { guessEncoding } from "./guess.ts";
import { encodingOf } from "./labels.ts";
import { markedEncoding, wideEncoding } from "./marks.ts";

/** Text out of bytes, and what was wrong with them. */
export interface DecodedText {
  readonly text: string;
  readonly problem?: Extract<ProblemCode, "unknownCharset" | "undecodableText" | "guessedCharset">;
}

/** How a declaration is read: what it means, and what else the mail says about its text. */
interface Reading {
  readonly bytes: Uint8Array;
  /** Charsets and languages that the mail names elsewhere: see `guessEncoding`. */
  readonly likely: readonly string[];
}

/**
 * Reads bytes as text, by the first that explains them: their byte order mark or escape sequences, UTF-8, what the mail
 * declares, the statistics of languages, and in the end U+FFFD for what fits nothing. Never throws; linear.
 *
 * The order matters. Senders that declare us-ascii or iso-8859-1 and send UTF-8 or ISO-2022-JP are everyday mail,
 * while text in those that happens to be valid multi-byte UTF-8 is next to impossible. A declaration that fits is believed
 * before statistics, as mail programs believe it: else a word that they show could be hidden from us.
 *
 * @param likely charsets and languages (RFC 5646) that the mail names elsewhere; they weigh in a guess only
 */
export function decodeText(
  bytes: Uint8Array,
  declared: string | undefined,
  likely: readonly string[] = [],
): DecodedText {
  const encoding = declared === undefined ? undefined : encodingOf(declared);
  const unknown = declared !== undefined && declared.trim() !== "" && encoding === undefined;
  const marked = markedEncoding(bytes, encoding);
  const decoded = decodeBy(marked ?? encoding, { bytes, likely });
  return unknown && marked === undefined && !isAscii(bytes)
    ? { text: decoded.text, problem: "unknownCharset" }
    : decoded;
}

function decodeBy(encoding: string | undefined, reading: Reading): DecodedText {
  // What us-ascii says of bytes with the eighth bit is nothing.
  if (encoding === undefined || encoding === "us-ascii" || encoding === "utf-8") return decodeUtf8(reading);
  if (encoding === "utf-16le" || encoding === "utf-16be") return decodeUtf16(encoding, reading);
  if (encoding.startsWith("iso-2022-")) return decodeIso2022(encoding, reading);
  const utf8 = asUtf8(encoding, reading.bytes);
  if (utf8 !== undefined) return { text: utf8 };
  const text = strictly(reading.bytes, encoding);
  return text === undefined ? decodeMisdeclared(encoding, reading) : { text };
}

/** Encodings in which a character has two bytes or more. Their bytes can be UTF-8 by chance, with characters of two bytes. */
const WIDE = new Set(["shift_jis", "euc-jp", "gbk", "gb18030", "big5", "euc-kr", "johab"]);

/**
 * UTF-8 under another label, the most usual of wrong ones. Valid UTF-8 beyond ASCII is no text in any one-byte encoding;
 * in those of East Asia, two characters of theirs can be two-byte UTF-8, but not three-byte.
 */
function asUtf8(encoding: string, bytes: Uint8Array): string | undefined {
  if (isAscii(bytes)) return undefined;
  const text = strictly(bytes, "utf-8");
  return WIDE.has(encoding) && text !== undefined && !/[\u0800-\uffff]/.test(text) ? undefined : text;
}

/** Bytes that are no text in what the mail declares: with a few that are broken, or in something else altogether. */
function decodeMisdeclared(encoding: string, reading: Reading): DecodedText {
  const utf8 = strictly(reading.bytes, "utf-8");
  if (utf8 !== undefined) return { text: utf8 };
  const text = leniently(reading.bytes, encoding);
  const { valid, broken } = census(text);
  if (broken * 4 <= valid) return { text, problem: "undecodableText" };
  const guessed = decodeGuess(reading);
  return guessed.problem === "guessedCharset" ? guessed : { text, problem: "undecodableText" };
}

/** ISO-2022-JP, -KR, -CN. Their escape sequences are valid in all other encodings, and text that still has them was not read. */
function decodeIso2022(encoding: string, reading: Reading): DecodedText {
  const { bytes } = reading;
  const isSwitched = bytes.includes(ESC) || bytes.includes(SO);
  if (!isSwitched && !isAscii(bytes))
    return decodeUtf8({ ...reading, likely: [encoding.slice(-2), ...reading.likely] });
  const text = strictly(bytes, encoding) ?? strictly(bytes, "utf-8");
  if (text !== undefined && !text.includes("\x1b")) return { text };
  return { text: leniently(bytes, encoding), problem: "undecodableText" };
}

const [SO, ESC] = [0x0e, 0x1b];

/** As many ASCII bytes as text in UTF-16 does not have without a zero or another byte among them. */
const NOT_WIDE = 16;

/**
 * UTF-16, whose label says nothing of the byte order (RFC 2781 section 4.3), and which is written over mail that was brought
 * into ASCII since.
 */
function decodeUtf16(encoding: string, { bytes, likely }: Reading): DecodedText {
  if (!bytes.includes(0) && isAscii(bytes) && (bytes.length >= NOT_WIDE || bytes.length % 2 === 1))
    return decodeUtf8({ bytes, likely });
  const text = strictly(bytes, wideEncoding(bytes) ?? encoding);
  return text === undefined ? { text: leniently(bytes, encoding), problem: "undecodableText" } : { text };
}

/**
 * Bytes that are said to be UTF-8, or nothing. Broken UTF-8 is UTF-8 as long as more of it is whole than broken, unless all of
 * it is text in a language whose encoding does not take any bytes: Chinese, above all, has words that are UTF-8 by chance.
 */
function decodeUtf8(reading: Reading): DecodedText {
  const text = strictly(reading.bytes, "utf-8");
  if (text !== undefined) return { text };
  const replaced = leniently(reading.bytes, "utf-8");
  const { valid, broken } = census(replaced);
  const isDoubtful = broken * 4 > valid;
  if (!isDoubtful) return { text: replaced, problem: "undecodableText" };
  const encoding = guessEncoding(reading.bytes, reading.likely);
  const guessed = readAs(encoding, reading.bytes);
  const isBetter = broken > valid || (encoding !== "windows-1252" && guessed.problem === "guessedCharset");
  return isBetter ? guessed : { text: replaced, problem: "undecodableText" };
}

function decodeGuess({ bytes, likely }: Reading): DecodedText {
  return readAs(guessEncoding(bytes, likely), bytes);
}

function readAs(encoding: string, bytes: Uint8Array): DecodedText {
  const text = leniently(bytes, encoding);
  return { text, problem: text.includes("\ufffd") ? "undecodableText" : "guessedCharset" };
}

/** How many characters beyond ASCII a text has that were read, and that were not. */
function census(text: string): { valid: number; broken: number } {
  let [valid, broken] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken++;
    else if (unit >= 0x80) valid++;
  }
  return { valid, broken };
}
