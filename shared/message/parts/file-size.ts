const EQUALS = 0x3d;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** By two bytes, read as one number: how many of them are digits of base64. */
const PAIRS = pairTable();

/** Tells how many bytes base64 decodes to, without decoding it: four bits and two a digit, each run up to a padding by itself. */
export interface Base64Size {
  push(chunk: Buffer): void;
  size(): number;
}

export function createBase64Size(): Base64Size {
  let size = 0;
  let run = 0;
  return {
    push(chunk) {
      let from = 0;
      for (let pad = chunk.indexOf(EQUALS); pad >= 0; pad = chunk.indexOf(EQUALS, from)) {
        size += bytesOf(run + countDigits(chunk, from, pad));
        run = 0;
        from = pad + 1;
      }
      run += countDigits(chunk, from, chunk.length);
    },
    size: () => size + bytesOf(run),
  };
}

function bytesOf(digits: number): number {
  return Math.floor((digits * 3) / 4);
}

/** Two bytes at a time, which halves the time that the largest attachments take. */
function countDigits(bytes: Buffer, from: number, to: number): number {
  const start = bytes.byteOffset + from;
  const odd = start % 2;
  const pairs = (to - from - odd) >> 1;
  if (pairs <= 0) return countEach(bytes, from, to);
  const numbers = new Uint16Array(bytes.buffer, start + odd, pairs);
  let count = countEach(bytes, from, from + odd) + countEach(bytes, from + odd + 2 * pairs, to);
  for (let at = 0; at < pairs; at++) count += PAIRS[numbers[at] as number] as number;
  return count;
}

function countEach(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) count += PAIRS[bytes[at] as number] as number;
  return count;
}

/** A byte alone counts as the first of a pair whose second is zero. */
function pairTable(): Uint8Array {
  const isDigit = new Uint8Array(256);
  for (const digit of Buffer.from(DIGITS)) isDigit[digit] = 1;
  return Uint8Array.from({ length: 0x10000 }, (_, pair) => (isDigit[pair & 0xff] ?? 0) + (isDigit[pair >> 8] ?? 0));
}
