import { isAscii } from "node:buffer";

/** Byte order marks, longer ones first. */
const BOMS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ["utf-8", 0xef, 0xbb, 0xbf],
  ["utf-32le", 0xff, 0xfe, 0, 0],
  ["utf-32be", 0, 0, 0xfe, 0xff],
  ["utf-16le", 0xff, 0xfe],
  ["utf-16be", 0xfe, 0xff],
];

const ESC = 0x1b;

/** Encodings whose declaration says little, because senders declare them without looking and most bytes are text in them. */
const SAY_LITTLE = new Set<string | undefined>([undefined, "us-ascii", "windows-1252"]);

/**
 * The encoding that the bytes themselves mark. It counts only against a declaration that says little: one that says UTF-8
 * or Shift_JIS is believed, or a few marks among the bytes would be a way to have the text read as something else.
 */
export function markedEncoding(bytes: Uint8Array, declared: string | undefined): string | undefined {
  const bom = BOMS.find(([, ...mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  if (bom === "utf-8") return bom;
  if (declared?.startsWith("utf-16") || declared === "utf-32") return bom;
  if (!SAY_LITTLE.has(declared)) return undefined;
  return (declared === undefined ? bom : undefined) ?? escapedEncoding(bytes) ?? wideEncoding(bytes);
}

/**
 * ISO-2022-JP, whose designation of a Japanese set (RFC 1468: ESC $ @, ESC $ B; kana: ESC ( I) stands in 7-bit bytes. Those of
 * ISO-2022-KR and -CN are read where they are declared only: few mail programs know them, and they hide ASCII.
 */
function escapedEncoding(bytes: Uint8Array): string | undefined {
  for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
    const isJapanese = JAPANESE.some((sequence) => sequence.every((byte, place) => bytes[at + 1 + place] === byte));
    if (isJapanese) return isAscii(bytes) ? "iso-2022-jp" : undefined;
  }
  return undefined;
}

const JAPANESE = ["$@", "$B", "$(", "(I"].map((sequence) => Buffer.from(sequence));

/** How many bytes are looked at for zeros. */
const MAX_PROBED = 1024;

/**
 * UTF-16 without a mark: every other byte of ASCII is zero in it, and in no other text. Mail programs that pass over zeros
 * show its words.
 */
export function wideEncoding(bytes: Uint8Array): string | undefined {
  const probed = Math.min(bytes.length, MAX_PROBED);
  const zeros = [0, 0];
  for (let at = 0; at < probed; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > even * 4 && odd * 4 >= probed) return "utf-16le";
  return even > odd * 4 && even * 4 >= probed ? "utf-16be" : undefined;
}
