import type { TransferDecoder } from "./transfer-encoding.ts";

const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/**
 * Quoted-printable as RFC 2045 section 6.7 has it: `=E9` is a byte, `=` at the end of a line joins it with the next, also inside an escape, and white space at
 * the end of a line was added on the way. What is none of it stands for itself.
 */
export function decodeQuotedPrintable(encoded: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  // What was written as an escape or before a soft break is text, white space too.
  let kept = 0;
  for (let at = 0; at < encoded.length; ) {
    const byte = encoded[at] as number;
    if (byte === EQUALS) {
      const joined = behindSoftBreaks(encoded, at);
      const end = joined > at ? joined : escapeEnd(encoded, at);
      if (joined === at) decoded[length++] = end > at + 1 ? escapedByte(encoded, at) : EQUALS;
      kept = length;
      at = end;
    } else {
      if (byte === LF) length = withoutTrailingSpace(decoded, kept, length);
      decoded[length++] = byte;
      at++;
    }
  }
  return decoded.subarray(0, length);
}

/** Where the text goes on that soft breaks (`=`, white space, a line end) interrupt here; the same place when there is none. */
function behindSoftBreaks(bytes: Buffer, from: number): number {
  for (let next = from; ; ) {
    if (bytes[next] !== EQUALS) return next;
    let at = next + 1;
    while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR) at++;
    if (bytes[at] !== LF) return next;
    next = at + 1;
  }
}

/** Where the escape ends that begins here; behind its `=` alone when it is none. */
function escapeEnd(bytes: Buffer, from: number): number {
  const high = behindSoftBreaks(bytes, from + 1);
  const low = behindSoftBreaks(bytes, high + 1);
  return hexDigit(bytes[high]) < 0 || hexDigit(bytes[low]) < 0 ? from + 1 : low + 1;
}

function escapedByte(bytes: Buffer, from: number): number {
  const high = behindSoftBreaks(bytes, from + 1);
  return hexDigit(bytes[high]) * 16 + hexDigit(bytes[behindSoftBreaks(bytes, high + 1)]);
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte & ~0x20;
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x41 + 10 : -1;
}

/** Takes away the white space in front of a line end; a CR that belongs to it stays. */
function withoutTrailingSpace(decoded: Buffer, kept: number, length: number): number {
  const hasCr = length > kept && decoded[length - 1] === CR;
  let end = hasCr ? length - 1 : length;
  while (end > kept && (decoded[end - 1] === SPACE || decoded[end - 1] === TAB)) end--;
  if (hasCr) decoded[end++] = CR;
  return end;
}

/** Text without a line end that is held back for what may follow it. */
const MAX_HELD = 64 * 1024;

const NOTHING = Buffer.alloc(0);

/** Decodes quoted-printable a whole line at a time, since what a `=` means may depend on what ends the line, and on the next. */
export function createQuotedPrintableDecoder(): TransferDecoder {
  let held: Buffer = NOTHING;
  return {
    decode(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const lines = withoutOpenEscape(bytes, bytes.lastIndexOf(LF) + 1);
      // An escape that a too long line cuts in two is lost, as no mail has such lines.
      const end = lines === 0 && bytes.length > MAX_HELD ? bytes.length : lines;
      held = Buffer.from(bytes.subarray(end));
      return decodeQuotedPrintable(bytes.subarray(0, end));
    },
    // A `=` that ends the text is a soft break whose line end is missing.
    end: () => decodeQuotedPrintable(held.at(-1) === EQUALS ? held.subarray(0, -1) : held),
  };
}

/** Where lines end, without an escape that a soft break at their end interrupts. */
function withoutOpenEscape(bytes: Buffer, lines: number): number {
  const text = bytes.toString("latin1", Math.max(0, lines - MAX_OPEN), lines);
  return lines - (OPEN_ESCAPE.exec(text)?.[0].length ?? 0);
}

/** How far an escape is looked for that soft breaks interrupt. */
const MAX_OPEN = 100;
const OPEN_ESCAPE = /=(?:=[ \t\r]{0,80}\n){0,9}[0-9A-Fa-f]?(?:=[ \t\r]{0,80}\n){1,9}$/;
