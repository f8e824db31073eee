import type { TransferDecoder } from "./transfer-encoding.ts";

/** Characters after which a line is given before its end, which bounds what is held back. */
export const MAX_LINE = 64 * 1024;

/** What ends the beginning of an attached message that is said to be base64 and is not: a field name. */
const FIELD = /^\s{0,100}[!-9;-~]{1,100}:/;

/** Decodes an attached message that is said to be base64, unless it begins with a header field as it is. */
export function createBase64MessageDecoder(): TransferDecoder {
  const digits = createDigits();
  let isPlain: boolean | undefined;
  return byLines((text) => {
    if (text.trim() !== "") isPlain ??= FIELD.test(text);
    return isPlain ? Buffer.from(text, "latin1") : digits.decode(text);
  }, digits.end);
}

/**
 * Gives whole lines, one or many at a time, and in the end what is left. A longer line than MAX_LINE comes in pieces of that length, each
 * by itself: where they begin does not depend on the chunks.
 */
export function byLines(decode: (text: string) => Buffer, end: () => Buffer): TransferDecoder {
  let held = "";
  return {
    decode(chunk) {
      const pieces = [...linePieces(held + chunk.toString("latin1"))];
      held = pieces.pop() ?? "";
      return Buffer.concat(pieces.map(decode));
    },
    end: () => Buffer.concat([decode(held), end()]),
  };
}

/** Lines together, and each piece of a long line alone. The last is the beginning of a line, or empty. */
function* linePieces(text: string): Generator<string> {
  let given = 0;
  let line = 0;
  let end = text.indexOf("\n");
  while (end !== -1 || text.length - line >= MAX_LINE) {
    if ((end === -1 ? text.length : end) - line >= MAX_LINE) {
      yield text.slice(given, line);
      yield text.slice(line, line + MAX_LINE);
      line += MAX_LINE;
      given = line;
    } else {
      line = end + 1;
      end = text.indexOf("\n", line);
    }
  }
  yield text.slice(given, line);
  yield text.slice(line);
}

/** Base64 in pieces. A padding ends a quartet, and another text may begin behind it. */
export function createDigits() {
  let carry = "";
  return {
    /** Whether all digits that came were whole quartets. */
    isAligned: () => carry === "",
    decode(text: string): Buffer {
      const runs = (carry + text.replace(/[^A-Za-z0-9+/=]/g, "")).split(/=+/);
      const last = runs.pop() ?? "";
      carry = last.slice(last.length - (last.length % 4));
      return Buffer.concat(
        [...runs, last.slice(0, last.length - carry.length)].map((run) => Buffer.from(run, "base64")),
      );
    },
    end: (): Buffer => Buffer.from(carry, "base64"),
  };
}
