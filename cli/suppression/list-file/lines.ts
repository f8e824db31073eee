import { isUtf8 } from "node:buffer";

/** Bytes of a line. An entry has two addresses of 254 characters at most. The attack: a line without an end, which would fill the memory. */
const MAX_LINE = 16 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/** One line of a file, without its end; or what is wrong with it. Lines count from 1. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string };

/**
 * The lines of a UTF-8 file, whatever ends them (LF, CRLF, CR), without a byte order mark. Of a line that is too long, no more is held than
 * the limit.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  let isAfterReturn = false;

  function keep(piece: Uint8Array): void {
    if (length <= MAX_LINE && piece.length > 0) pieces.push(piece.slice(0, MAX_LINE + 1 - length));
    length += piece.length;
  }

  function end(): Line {
    const bytes = Buffer.concat(pieces);
    const isTooLong = length > MAX_LINE;
    [pieces, length, number] = [[], 0, number + 1];
    return isTooLong ? { number, problem: TOO_LONG } : decode(bytes, number);
  }

  for await (const chunk of source) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === LF && isAfterReturn) start = at + 1;
      else if (byte === LF || byte === CR) {
        keep(chunk.subarray(start, at));
        yield end();
        start = at + 1;
      }
      isAfterReturn = byte === CR;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield end();
}

const TOO_LONG = `expected an entry, got a line of more than ${MAX_LINE} bytes`;

function decode(bytes: Buffer, number: number): Line {
  if (!isUtf8(bytes)) return { number, problem: "expected UTF-8, got other bytes" };
  const text = bytes.toString("utf8");
  return { number, text: number === 1 ? text.replace(/^\ufeff/, "") : text };
}
