import { FIELD_LINE, isFromLine, MAX_FROM_LINE_BYTES } from "./from-line.ts";

const LF = 0x0a;
const CR = 0x0d;
/** What must be seen behind a place to know whether a mail begins there: its `From ` line and the beginning of the next. */
const LOOK_AHEAD = 2 * MAX_FROM_LINE_BYTES;
/** What must be seen before it: the end of the line before the empty line, which may be CRLF. */
const LOOK_BEHIND = 2;
const CHUNK_BYTES = 1_048_576;

/** Reads bytes of a file at a position into the buffer; gives how many, 0 at the end. */
export type ReadAt = (position: number, into: Buffer) => Promise<number>;

/** One mail of a file: `start` is its first byte, `end` the byte behind its last. `number` counts from 1 in an mbox and is absent in a file of one mail. */
export interface MailRange {
  readonly start: number;
  readonly end: number;
  readonly number?: number;
}

/**
 * Finds the mails of a file whose first line is a `From ` line that ends before byte `firstMail`.
 *
 * A mail ends before the empty line that comes before the next `From ` line; an empty line at the end of the file
 * is that separator too. Memory is one chunk, whatever the size of the file.
 */
export async function* mailRanges(
  read: ReadAt,
  firstMail: number,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<MailRange> {
  let start = firstMail;
  let number = 0;
  for await (const border of borders(read, firstMail, chunkBytes)) {
    if (border.next === undefined) {
      yield number === 0
        ? { start, end: border.fileEnd }
        : { start, end: Math.max(start, border.mailEnd), number: number + 1 };
      return;
    }
    number += 1;
    yield { start, end: Math.max(start, border.mailEnd), number };
    start = border.next;
  }
}

/** The end of one mail: `mailEnd` is before its separating empty line, `next` where the next mail begins. The last has no `next`. */
type Border =
  | { readonly mailEnd: number; readonly next: number }
  | { readonly mailEnd: number; readonly next: undefined; readonly fileEnd: number };

async function* borders(read: ReadAt, firstMail: number, chunkBytes: number): AsyncGenerator<Border> {
  const window = Buffer.alloc(chunkBytes + LOOK_AHEAD + LOOK_BEHIND);
  // The window begins before the first mail, so that an empty first header block is seen as an empty line.
  let position = Math.max(0, firstMail - LOOK_BEHIND);
  let filled = 0;
  for (let from = 0; ; from = LOOK_BEHIND) {
    const added = await fill(read, position + filled, window.subarray(filled));
    filled += added;
    const atEnd = filled < window.length;
    const seen = window.subarray(0, filled);
    const settled = atEnd ? filled : filled - LOOK_AHEAD;
    for (let at = seen.indexOf("\nFrom ", from); at !== -1 && at < settled; at = seen.indexOf("\nFrom ", at + 1)) {
      const mailEnd = endBeforeEmptyLine(seen, at);
      const next = mailEnd === undefined ? undefined : mailStart(seen, at + 1);
      if (mailEnd !== undefined && next !== undefined) yield { mailEnd: position + mailEnd, next: position + next };
    }
    if (atEnd) {
      const last = filled > 0 && seen[filled - 1] === LF ? endBeforeEmptyLine(seen, filled - 1) : undefined;
      yield { mailEnd: position + (last ?? filled), next: undefined, fileEnd: position + filled };
      return;
    }
    const kept = LOOK_AHEAD + LOOK_BEHIND;
    window.copyWithin(0, filled - kept, filled);
    position += filled - kept;
    filled = kept;
  }
}

/** Where the empty line begins whose line feed stands at `at`; `undefined` when that line is not empty. */
function endBeforeEmptyLine(seen: Buffer, at: number): number | undefined {
  if (seen[at - 1] === LF) return at;
  return seen[at - 1] === CR && seen[at - 2] === LF ? at - 1 : undefined;
}

/** Where the mail begins, when a `From ` line stands at `at` and a header field follows it. */
function mailStart(seen: Buffer, at: number): number | undefined {
  const newline = seen.subarray(at, at + MAX_FROM_LINE_BYTES).indexOf(LF);
  if (newline === -1 || !isFromLine(seen.toString("latin1", at, at + newline))) return undefined;
  const next = at + newline + 1;
  return FIELD_LINE.test(seen.toString("latin1", next, next + MAX_FROM_LINE_BYTES)) ? next : undefined;
}

/** Fills the buffer as far as the file goes: one read may give less than was asked for. */
async function fill(read: ReadAt, position: number, into: Buffer): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const got = await read(position + filled, into.subarray(filled));
    if (got === 0) break;
    filled += got;
  }
  return filled;
}
