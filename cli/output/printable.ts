/** No line of ours needs more of a mail's words. */
const MAX_PRINTABLE = 300;

/**
 * What a terminal obeys or what turns the order of the words around: C0 and C1 controls (U+009B begins an escape
 * sequence just as ESC does), bidirectional controls, and invisible characters that let one word look like another.
 */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Words of a mail or a file name on one line that is safe to print; cut when they are longer than `limit`. */
export function printable(text: string, limit = MAX_PRINTABLE): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.toWellFormed().replace(/\s/g, " ").replace(OBEYED, "");
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
