import { cutUnits, plainText } from "../../shared/text/plain-line.ts";

/** No line of ours needs more of a mail's words. */
const MAX_PRINTABLE = 300;

/**
 * Words of a mail or a file name on one line that is safe to print; cut when they are longer than `limit` UTF-16 units. Long
 * runs of spaces are shortened: a subject full of them could put words where the next line of ours would begin.
 */
export function printable(text: string, limit = MAX_PRINTABLE): string {
  return plainText(cutUnits(text, limit)).replace(/ {9,}/g, " ".repeat(8));
}

/**
 * One value as compact JSON on one line. What a terminal obeys beyond that which JSON escapes by itself is escaped too, and so are the
 * characters that some readers take for the end of a line; the value is the same.
 */
export function jsonLine(value: unknown): string {
  const escaped = JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${escaped}\n`;
}
