import type { TransferDecoder } from "./transfer-encoding.ts";

const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/**
 * Quoted-printable as RFC 2045 section 6.7 has it: `=E9` is a byte, `=` at the end of a line joins it with the next, and white space at the end of a line was
 * added on the way. What is none of it stands for itself.
 *
 * One pass over whole lines, so that the result does not depend on the chunks they come in: what a soft break joins is not read once more.
 */
export function decodeQuotedPrintable(encoded: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  // What was written as an escape or before a soft break is text, white space too.
  let kept = 0;
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] as number;
    if (byte === EQUALS) {
      const lineEnd = softBreakEnd(encoded, at + 1);
      const escaped = lineEnd < 0 ? hexByte(encoded, at + 1) : -1;
      if (lineEnd < 0) decoded[length++] = escaped < 0 ? EQUALS : escaped;
      if (lineEnd >= 0) at = lineEnd;
      else if (escaped >= 0) at += 2;
      kept = length;
    } else {
      if (byte === LF) length = withoutTrailingSpace(decoded, kept, length);
      decoded[length++] = byte;
    }
  }
  return decoded.subarray(0, length);
}

/** Where the line end ends that stands here, with white space in front of it or not; -1 when none does. */
function softBreakEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === TAB) at++;
  if (bytes[at] === CR) at++;
  return bytes[at] === LF ? at : -1;
}

function hexByte(bytes: Buffer, at: number): number {
  const high = hexDigit(bytes[at]);
  const low = hexDigit(bytes[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
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

/** Decodes quoted-printable a whole line at a time, since what a `=` means may depend on what ends the line. */
export function createQuotedPrintableDecoder(): TransferDecoder {
  let held: Buffer = NOTHING;
  return {
    decode(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const lines = bytes.lastIndexOf(LF) + 1;
      // An escape that a too long line cuts in two is lost, as no mail has such lines.
      const end = lines === 0 && bytes.length > MAX_HELD ? bytes.length : lines;
      held = Buffer.from(bytes.subarray(end));
      return decodeQuotedPrintable(bytes.subarray(0, end));
    },
    // A `=` that ends the text is a soft break whose line end is missing.
    end: () => decodeQuotedPrintable(held.at(-1) === EQUALS ? held.subarray(0, -1) : held),
  };
}
