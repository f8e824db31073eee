import { Transform } from "node:stream";

/** Input without a line end that is held back for what may follow it. */
const MAX_HELD = 64 * 1024;

/** What ends the beginning of an attached message that is said to be base64 and is not: a field name. */
const FIELD = /^\s{0,100}[!-9;-~]{1,100}:/;

/** Decodes an attached message that is said to be base64, unless it begins with a header field as it is. */
export function createBase64MessageDecoder(): Transform {
  const digits = createDigits();
  let isPlain: boolean | undefined;
  return byLines((text) => {
    if (text.trim() !== "") isPlain ??= FIELD.test(text);
    return isPlain ? Buffer.from(text, "latin1") : digits.decode(text);
  }, digits.end);
}

/** Gives whole lines, one or many at a time, and in the end what is left. */
export function byLines(decode: (text: string) => Buffer, end: () => Buffer): Transform {
  let held = "";
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = held + chunk.toString("latin1");
      const cut = text.length > MAX_HELD ? text.length : text.lastIndexOf("\n") + 1;
      held = text.slice(cut);
      done(null, decode(text.slice(0, cut)));
    },
    flush(done) {
      done(null, Buffer.concat([decode(held), end()]));
    },
  });
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
