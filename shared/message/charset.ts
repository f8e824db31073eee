import { isUtf8 } from "node:buffer";
import { encodingOf } from "./charset-labels.ts";
import type { ProblemCode } from "./problems.ts";

/** Text out of bytes, and what was wrong with them. */
export interface DecodedText {
  readonly text: string;
  readonly problem?: Extract<ProblemCode, "unknownCharset" | "undecodableText">;
}

/** Encodings in which bytes of other encodings can never be wrong, so being named says little about the bytes. */
const SINGLE_BYTE_LATIN = new Set(["windows-1252", "iso-8859-2", "iso-8859-15"]);

const BOMS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ["utf-8", 0xef, 0xbb, 0xbf],
  ["utf-16le", 0xff, 0xfe],
  ["utf-16be", 0xfe, 0xff],
];

/**
 * Reads bytes as text: by their byte order mark or escape sequences, as UTF-8 when they are that, as the mail
 * declares, and in the end with U+FFFD for what fits nothing. Never throws.
 *
 * The order matters. Senders that declare us-ascii or iso-8859-1 and send UTF-8 or ISO-2022-JP are everyday mail,
 * while text in those that happens to be valid multi-byte UTF-8 is next to impossible.
 */
export function decodeText(bytes: Uint8Array, declared: string | undefined): DecodedText {
  const encoding = declared === undefined ? undefined : encodingOf(declared);
  const unknown = declared !== undefined && declared.trim() !== "" && encoding === undefined;
  const marked = markedEncoding(bytes, encoding);
  const decoded = decodeBy(bytes, marked ?? encoding);
  return unknown && marked === undefined && !isAscii(bytes)
    ? { text: decoded.text, problem: "unknownCharset" }
    : decoded;
}

function decodeBy(bytes: Uint8Array, encoding: string | undefined): DecodedText {
  if (encoding === undefined || encoding === "utf-8") return decodeUtf8(bytes);
  if (encoding === "iso-2022-jp") return decodeJis(bytes);
  if (SINGLE_BYTE_LATIN.has(encoding) && !isAscii(bytes)) {
    const utf8 = strictly(bytes, "utf-8");
    if (utf8 !== undefined) return { text: utf8 };
  }
  const text = strictly(bytes, encoding) ?? strictly(bytes, "utf-8");
  if (text !== undefined) return { text };
  return { text: leniently(bytes, encoding), problem: "undecodableText" };
}

/**
 * ISO-2022-JP. The standard's decoder takes two escape sequences in a row for an error, but text that was cut into
 * encoded words and joined again has them at every joint: only the last of a row counts.
 */
function decodeJis(bytes: Uint8Array): DecodedText {
  const meant = withoutIdleEscapes(bytes);
  const text = strictly(meant, "iso-2022-jp") ?? strictly(bytes, "utf-8");
  // Escape sequences are valid UTF-8, and text that still has them was not read.
  if (text !== undefined && !text.includes("\x1b")) return { text };
  return { text: leniently(meant, "iso-2022-jp"), problem: "undecodableText" };
}

/** The bytes without escape sequences (three bytes each) that another one follows at once. */
function withoutIdleEscapes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === ESC && bytes[at + 3] === ESC) at += 2;
    else out[length++] = bytes[at] ?? 0;
  }
  return out.subarray(0, length);
}

/** Bytes that are said to be UTF-8, or nothing: when not one multi-byte character of it is valid, they are Western text. */
function decodeUtf8(bytes: Uint8Array): DecodedText {
  const text = strictly(bytes, "utf-8");
  if (text !== undefined) return { text };
  const replaced = leniently(bytes, "utf-8");
  const isUtf8 = /[^\0-\x7f\ufffd]/.test(replaced);
  return { text: isUtf8 ? replaced : leniently(bytes, "windows-1252"), problem: "undecodableText" };
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  // Asked first, because a decoder says no by an exception, and a mail can have a hundred thousand encoded words.
  if (encoding === "utf-8" && !isUtf8(bytes)) return undefined;
  try {
    return decoderOf(encoding, true).decode(bytes);
  } catch {
    // A decoder that has thrown may keep the state in which it did.
    decoders.delete(`${encoding} true`);
    return undefined;
  }
}

function leniently(bytes: Uint8Array, encoding: string): string {
  return decoderOf(encoding, false).decode(bytes);
}

/** By encoding and strictness. There are some forty encodings, so it stays small. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decoderOf(encoding: string, fatal: boolean): InstanceType<typeof TextDecoder> {
  const key = `${encoding} ${fatal}`;
  const known = decoders.get(key) ?? new TextDecoder(encoding, { fatal });
  decoders.set(key, known);
  return known;
}

/**
 * The encoding that the bytes themselves mark. It counts only against a declaration that says little: one that says UTF-8
 * or Shift_JIS is believed, or a few marks among the bytes would be a way to have the text read as something else.
 */
function markedEncoding(bytes: Uint8Array, declared: string | undefined): string | undefined {
  const bom = BOMS.find(([, ...mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  if (bom === "utf-8") return bom;
  if (declared !== undefined && declared !== "windows-1252") return declared.startsWith("utf-16") ? bom : undefined;
  return (declared === undefined ? bom : undefined) ?? (hasJapaneseEscape(bytes) ? "iso-2022-jp" : undefined);
}

const ESC = 0x1b;

/** Whether ISO-2022-JP's designation of a Japanese set (RFC 1468: ESC $ @, ESC $ B; kana: ESC ( I) stands in 7-bit bytes. */
function hasJapaneseEscape(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
    const [second, third] = [bytes[at + 1], bytes[at + 2]];
    if (second === 0x24 && (third === 0x40 || third === 0x42 || third === 0x28)) return isAscii(bytes);
    if (second === 0x28 && third === 0x49) return isAscii(bytes);
  }
  return false;
}

/** Whether every byte is below 0x80. */
export function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}
