import { Transform } from "node:stream";

/** The encodings that change bytes (RFC 2045 section 6.1, and the one before MIME), as they are found at the beginning of what is said. */
const CHANGING = /^["']?(base64|quoted-printable|(?:x-)?uu(?:e|encode)?)\b/;

/**
 * The transfer encoding that a field names, in lower case, however it is written: `base64;`, `"BASE64" (by hand)`. Mail
 * programs read these too, and text that we do not decode is text that we do not search.
 */
export function transferEncodingOf(value: string): string {
  const said = value.slice(0, 200).trim().toLowerCase();
  const encoding = CHANGING.exec(said)?.[1] ?? said;
  return /^(?:x-)?uu/.test(encoding) ? "x-uuencode" : encoding;
}

/** Quoted-printable as RFC 2045 section 6.7 has it: `=E9` is a byte, `=` at the end of a line joins it with the next. */
export function decodeQuotedPrintable(latin1: string): Buffer {
  const joined = latin1.replace(/=[ \t]{0,80}\r?\n/g, "").replace(/[ \t]{1,80}(\r?\n)/g, "$1");
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}

/** Text without a line end that is held back for what may follow it. */
const MAX_HELD = 64 * 1024;

/** Decodes quoted-printable a whole line at a time, since what a `=` means may depend on what ends the line. */
export function createQuotedPrintableDecoder(): Transform {
  let held = "";
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = held + chunk.toString("latin1");
      const end = text.length > MAX_HELD ? text.length : wholeLines(text);
      held = text.slice(end);
      done(null, decodeQuotedPrintable(text.slice(0, end)));
    },
    flush(done) {
      // A `=` that ends the text is a soft break whose line end is missing.
      done(null, decodeQuotedPrintable(held.replace(/=$/, "")));
    },
  });
}

/** The end of the last line that is whole. An escape that a too long line cuts in two is lost, as no mail has such lines. */
function wholeLines(text: string): number {
  return text.lastIndexOf("\n") + 1;
}
