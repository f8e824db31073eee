/** A header field begins: RFC 5322 3.6.8 names, and white space before the colon as RFC 5322 4.5 allows of old mail. */
export const FIELD_LINE = /^([!-9;-~]+)[ \t]*:/;

/**
 * The `From ` line that begins each mail of an mbox: `From sender Thu Nov 24 08:00:00 2026`. Some writers put a zone
 * or `remote from host` behind the year. Every run of white space is bounded by what it must follow, so that
 * the pattern is linear on hostile lines.
 */
const FROM_LINE =
  /^From .*[ \t][12]\d{3}(?: (?:[+-]\d{4}|[A-Z]{1,5}))?(?: \([A-Z]{1,5}\))?(?: remote from \S+)?[ \t\r]*$/;

const LF = 0x0a;
const CR = 0x0d;
const BLANK: ReadonlySet<number | undefined> = new Set([LF, CR, 0x20, 0x09]);

/** Longer lines are none: a sender has at most 320 characters, a date 31. */
export const MAX_FROM_LINE_BYTES = 1_000;

/** Whether a line, with or without its line end, is a mail's first in an mbox. */
export function isFromLine(line: string): boolean {
  return line.length <= MAX_FROM_LINE_BYTES && FROM_LINE.test(line.replace(/\n$/, ""));
}

/** Where the first line that is not blank begins; a byte order mark before it is passed over. */
export function firstLineStart(head: Buffer): number {
  let line = head.length >= 3 && head.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0;
  for (let at = line; at < head.length && BLANK.has(head[at]); at += 1) {
    if (head[at] === LF || head[at] === CR) line = at + 1;
  }
  return line;
}

/**
 * Where the mail begins behind the `From ` line that the file begins with, in bytes; `undefined` when it begins with none.
 * A first line without a year counts as well when a header field follows it, for what else could it be?
 */
export function fromLineEnd(head: Buffer): number | undefined {
  const start = firstLineStart(head);
  if (head.toString("latin1", start, start + 5) !== "From ") return undefined;
  const newline = head.indexOf("\n", start);
  const end = newline === -1 ? head.length : newline + 1;
  const line = head.toString("latin1", start, end);
  if (FIELD_LINE.test(line)) return undefined;
  return isFromLine(line) || FIELD_LINE.test(head.toString("latin1", end, end + MAX_FROM_LINE_BYTES)) ? end : undefined;
}
