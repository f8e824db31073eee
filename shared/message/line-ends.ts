const [LF, CR] = [0x0a, 0x0d];

/** How far a mail is looked into for its kind of line end. */
const LOOK_AHEAD = 64 * 1024;

/** Whether more of a mail is needed to tell its kind of line end. */
export function needsMore(start: Buffer): boolean {
  return start.length < LOOK_AHEAD && !start.includes(LF);
}

/**
 * Makes bare-CR mail (old Macintosh, some scripts) readable to a parser, by giving LF for each CR. Only the parser's
 * input is changed; the stored bytes and their hash are not.
 *
 * Whether a mail is of that kind is decided by its beginning alone: it has CR and no LF. A CR inside an LF mail is content.
 *
 * @param start the beginning of the mail, so much that `needsMore` is false, or all of it
 */
export function lineEndsOf(start: Buffer): (chunk: Buffer) => Buffer {
  const head = start.subarray(0, LOOK_AHEAD);
  const cr = head.indexOf(CR);
  const isBareCr = cr >= 0 && cr < head.length - 1 && !head.includes(LF);
  return isBareCr ? withLineFeeds : (chunk) => chunk;
}

function withLineFeeds(chunk: Buffer): Buffer {
  const out = Buffer.from(chunk);
  for (let at = out.indexOf(CR); at >= 0; at = out.indexOf(CR, at + 1)) out[at] = LF;
  return out;
}
