import type { ProblemCode } from "./problems.ts";

/** Text out of bytes, and what was wrong with them. */
export interface DecodedText {
  readonly text: string;
  readonly problem?: Extract<ProblemCode, "unknownCharset" | "undecodableText">;
}

/** Labels seen in mail that the WHATWG Encoding Standard does not know, and what they mean. */
const LABELS: Readonly<Record<string, string>> = {
  "8bit": "utf-8",
  "ansi_x3.110-1983": "windows-1252",
  "cp-850": "windows-1252",
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  "cp-1252": "windows-1252",
  default: "utf-8",
  default_charset: "utf-8",
  extended_unix_code_packed_format_for_japanese: "euc-jp",
  eucjp: "euc-jp",
  "gb18030-2022": "gb18030",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-3": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  cp50222: "iso-2022-jp",
  "iso-8859-1-windows-3.0-latin-1": "windows-1252",
  "iso-10646-utf-8": "utf-8",
  "iso-8859-8-e": "iso-8859-8",
  "shift-jis-2004": "shift_jis",
  "sjis-win": "shift_jis",
  "unicode-1-1-utf-8": "utf-8",
  unknown: "utf-8",
  "unknown-8bit": "utf-8",
  "utf-8mb4": "utf-8",
  utf: "utf-8",
  utf8mb4: "utf-8",
  "x-unknown": "utf-8",
};

/** Encodings in which bytes of other encodings can never be wrong, so being named says little about the bytes. */
const SINGLE_BYTE_LATIN = new Set(["windows-1252", "iso-8859-2", "iso-8859-15"]);

const BOMS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ["utf-8", 0xef, 0xbb, 0xbf],
  ["utf-16le", 0xff, 0xfe],
  ["utf-16be", 0xfe, 0xff],
];

/** The encoding that a charset label names, in the words of the WHATWG Encoding Standard; `undefined` when nobody knows it. */
export function encodingOf(label: string): string | undefined {
  const cleaned = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "")
    .slice(0, 80);
  for (const candidate of [
    LABELS[cleaned] ?? cleaned,
    cleaned.replace(/^x-|_/g, (found) => (found === "_" ? "-" : "")),
  ]) {
    try {
      return new TextDecoder(LABELS[candidate] ?? candidate).encoding;
    } catch {
      // Not a label of the standard: try the next spelling.
    }
  }
  return undefined;
}

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
  const marked =
    bomEncoding(bytes) ?? (encoding?.startsWith("utf-16") || !hasJapaneseEscape(bytes) ? undefined : "iso-2022-jp");
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
  return { text: new TextDecoder(encoding).decode(bytes), problem: "undecodableText" };
}

/**
 * ISO-2022-JP. The standard's decoder takes two escape sequences in a row for an error, but text that was cut into
 * encoded words and joined again has them at every joint: only the last of a row counts.
 */
function decodeJis(bytes: Uint8Array): DecodedText {
  const [plain = "", ...escaped] = Buffer.from(bytes).toString("latin1").split("\x1b");
  const meant = escaped.filter((run, at) => run.length > 2 || at === escaped.length - 1);
  const joined = Buffer.from([plain, ...meant].join("\x1b"), "latin1");
  const text = strictly(joined, "iso-2022-jp") ?? strictly(bytes, "utf-8");
  // Escape sequences are valid UTF-8, and text that still has them was not read.
  if (text !== undefined && !text.includes("\x1b")) return { text };
  return { text: new TextDecoder("iso-2022-jp").decode(joined), problem: "undecodableText" };
}

/** Bytes that are said to be UTF-8, or nothing: when not one multi-byte character of it is valid, they are Western text. */
function decodeUtf8(bytes: Uint8Array): DecodedText {
  const text = strictly(bytes, "utf-8");
  if (text !== undefined) return { text };
  const replaced = new TextDecoder("utf-8").decode(bytes);
  const isUtf8 = /[^\0-\x7f\ufffd]/.test(replaced);
  return { text: isUtf8 ? replaced : new TextDecoder("windows-1252").decode(bytes), problem: "undecodableText" };
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function bomEncoding(bytes: Uint8Array): string | undefined {
  return BOMS.find(([, ...bom]) => bom.every((byte, at) => bytes[at] === byte))?.[0];
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
