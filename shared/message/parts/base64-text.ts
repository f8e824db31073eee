import { createByteSink } from "../byte-sink.ts";
import { byLines, createDigits, MAX_LINE } from "./base64.ts";
import { NO_BYTES, type TransferDecoder } from "./transfer-encoding.ts";

/** A decoder, and what it met that is not in its encoding. */
export interface TextDecoder64 {
  readonly decoder: TransferDecoder;
  /**
   * Other readings of the same part, to be asked when the decoder has ended: its lines that are no base64, as they are, and what
   * programs make of them that decode them all the same.
   */
  asides(): readonly Buffer[];
}

/** How much is kept of each other reading. */
const MAX_ASIDE = 256 * 1024;

/** How much of what stands before the end is read again with what stands behind it, bytes: more than a keyword has. */
const MAX_TAIL = 1024;

/** What no line of base64 has: another character, or white space inside. */
const STRAY = /[^A-Za-z0-9+/=\s]|\S[ \t]+\S/;

/** A character that base64 does not have. */
const FOREIGN = /[^A-Za-z0-9+/=\s]/;

/** Control characters that stand in no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/**
 * Decodes base64 in text as mail programs do, passing over what does not belong to it (RFC 2045 section 6.8), and
 * keeps the lines in which such things stand besides.
 *
 * Broken in this way are: the footer that a mailing list adds behind an encoded text, plain text that is said to be base64,
 * and text with stray characters, by which one program is meant to read a word and another not. All readings are searched,
 * each apart, since the bytes of one would spoil how the charset of another is told.
 */
export function createBase64TextDecoder(): TextDecoder64 {
  const digits = createDigits();
  const lateDigits = createDigits();
  const stray = createAside();
  const late = createAside();
  const lines = createLineWatch();
  let tail = NO_BYTES;
  let isBroken = false;
  let hasStray = false;
  let hasControl = false;
  let hasEnded = false;

  function decodeMain(text: string): Buffer {
    const decoded = digits.decode(text);
    hasControl ||= CONTROL.test(decoded.toString("latin1"));
    tail = Buffer.concat([tail, decoded.subarray(-MAX_TAIL)]).subarray(-MAX_TAIL);
    return decoded;
  }

  function end(): void {
    hasEnded = true;
    isBroken = true;
    // A word may begin before what looks like the end, and go on behind it.
    late.push(tail);
  }

  function decodeLines(text: string): Buffer {
    const decoded: Buffer[] = [];
    const read = { main: "", stray: "", late: "" };
    for (const line of text.replace(/\n$/, "").split("\n")) {
      const isStray = STRAY.test(line);
      if (isStray && !hasEnded && lines.mayHaveEnded()) {
        decoded.push(decodeMain(read.main));
        read.main = "";
        if (digits.isAligned()) end();
      }
      lines.add(line, isStray);
      hasStray ||= isStray;
      if (isStray || hasEnded) read.stray += `${line}\n`;
      read[hasEnded ? "late" : "main"] += `${line}\n`;
    }
    isBroken ||= FOREIGN.test(read.stray);
    stray.push(Buffer.from(read.stray, "latin1"));
    late.push(lateDigits.decode(read.late));
    return Buffer.concat([...decoded, decodeMain(read.main)]);
  }

  function decode(text: string): Buffer {
    if (text === "") return NO_BYTES;
    if (!hasEnded && !STRAY.test(text)) {
      for (const line of text.split("\n")) lines.add(line, false);
      return decodeMain(text);
    }
    return decodeLines(text);
  }

  return {
    decoder: byLines(decode, digits.end),
    // Base64 that only has spaces in it is whole; but words that were decoded as if they were base64 give bytes that no text has.
    asides: () =>
      isBroken || (hasStray && hasControl) ? [stray.bytes(), late.bytes()].filter(({ length }) => length > 0) : [],
  };
}

/** How often the end of an encoded text is looked for. The attack: 40 MB of lines that could be the last. */
const MAX_ENDS = 1_000;

/** Knows the last line of an encoded text: it is shorter than those before, or it is alone, or it is padded. */
function createLineWatch() {
  let longest = 0;
  let last = "";
  let count = 0;
  let goesOn = false;
  let ends = 0;
  return {
    add(line: string, isStray: boolean): void {
      const text = line.trim();
      if (text === "") return;
      count++;
      longest = Math.max(longest, text.length);
      last = text;
      goesOn = isStray || line.length >= MAX_LINE;
    },
    /** Asked at a line that is no base64. */
    mayHaveEnded(): boolean {
      const isLast = count > 0 && !goesOn && (count === 1 || last.length < longest || last.endsWith("="));
      return isLast && ends++ < MAX_ENDS;
    },
  };
}

function createAside() {
  const kept = createByteSink();
  return {
    push: (bytes: Buffer) => kept.push(bytes.subarray(0, MAX_ASIDE - kept.bytes().length)),
    bytes: kept.bytes,
  };
}
