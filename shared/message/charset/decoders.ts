import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { inSlices } from "../slices.ts";
import { decodeHz } from "./hz.ts";
import { decodeIso2022 } from "./iso-2022.ts";
import { decodeJohab } from "./johab.ts";
import { DOS_AND_MAC_PAGES } from "./pages.ts";
import { decodeUtf7 } from "./utf-7.ts";

type Decoder = (bytes: Uint8Array) => string;

/**
 * What the engine's TextDecoder does not read, or reads otherwise than mail means it: it knows neither the 8,822 syllables
 * that CP949 adds to EUC-KR nor Hong Kong's characters in Big5, and before Node 24 it takes windows-1252 for latin1.
 * Each leaves U+FFFD where the bytes are nothing.
 */
const OWN: Readonly<Record<string, Decoder>> = {
  "windows-1252": decodeWindows1252,
  "euc-kr": byTable("cp949"),
  big5: byTable("big5hkscs"),
  "utf-32": byTable("utf-32"),
  "utf-32le": byTable("utf-32le"),
  "utf-32be": byTable("utf-32be"),
  "utf-7": decodeUtf7,
  "hz-gb-2312": decodeHz,
  "iso-2022-jp": (bytes) => decodeIso2022(bytes, "kana"),
  "iso-2022-kr": (bytes) => decodeIso2022(bytes, "korean"),
  "iso-2022-cn": (bytes) => decodeIso2022(bytes, "chinese"),
  johab: decodeJohab,
  ...Object.fromEntries(Object.values(DOS_AND_MAC_PAGES).map((page) => [page, byTable(page)])),
};

/** The text, or `undefined` when some byte of it is nothing in this encoding. */
export function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  // Asked first, because a decoder says no by an exception, and a mail can have a hundred thousand encoded words.
  if (encoding === "utf-8" && !isUtf8(bytes)) return undefined;
  const own = OWN[encoding];
  if (own !== undefined) return wholeText(own(bytes));
  try {
    return decoderOf(encoding, true).decode(bytes);
  } catch {
    // A decoder that has thrown may keep the state in which it did.
    decoders.delete(`${encoding} true`);
    return undefined;
  }
}

function wholeText(text: string): string | undefined {
  return text.includes("\ufffd") ? undefined : text;
}

/** The text, with U+FFFD for bytes that are nothing in this encoding. */
export function leniently(bytes: Uint8Array, encoding: string): string {
  return OWN[encoding]?.(bytes) ?? decoderOf(encoding, false).decode(bytes);
}

/** By encoding and strictness. There are some forty encodings, so it stays small. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decoderOf(encoding: string, fatal: boolean): InstanceType<typeof TextDecoder> {
  const key = `${encoding} ${fatal}`;
  const known = decoders.get(key) ?? new TextDecoder(encoding, { fatal });
  decoders.set(key, known);
  return known;
}

function byTable(name: string): Decoder {
  return (bytes) => iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name);
}

/** What windows-1252 has from 0x80 to 0x9F, where latin1 has control characters. The five it does not define stay those. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (isAscii(bytes)) return latin1;
  return inSlices(
    latin1,
    (slice) => slice.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control),
    () => false,
  );
}
