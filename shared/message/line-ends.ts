const [LF, CR] = [0x0a, 0x0d];

/** How far a mail is looked into for its kind of line end. */
const LOOK_AHEAD = 64 * 1024;

/** Whether more of a mail is needed to tell its kind of line end: as much for every mail, however it is cut into chunks. */
export function needsMore(start: Buffer): boolean {
  return start.length < LOOK_AHEAD;
}

/**
 * Makes bare-CR mail (old Macintosh, some scripts) readable to a parser, by giving LF for each CR. Only the parser's
 * input is changed; the stored bytes and their hash are not.
 *
 * Whether a mail is of that kind is decided by its beginning: it has more lines that CR alone ends than lines that end in LF. One LF
 * somewhere does not make it another kind, or it would be a way to hide all fields and parts. A CR inside an LF mail is content.
 *
 * @param start the beginning of the mail, so much that `needsMore` is false, or all of it
 */
export function lineEndsOf(start: Buffer): (chunk: Buffer) => Buffer {
  const { bare, ended } = countLineEnds(start.subarray(0, LOOK_AHEAD));
  return bare > ended ? createLineFeeds() : (chunk) => chunk;
}

/** Lines by their ends. CR before LF belongs to it, several of them too: `\r\r\n` is what two conversions make of one line end. */
function countLineEnds(head: Buffer): { bare: number; ended: number } {
  let [bare, ended, run] = [0, 0, 0];
  for (const byte of head) {
    if (byte === CR) run++;
    else {
      if (byte === LF) ended++;
      else bare += run;
      run = 0;
    }
  }
  // What ends the head may be half of CRLF, unless it is the last of many.
  return { bare: bare > 0 ? bare + run : 0, ended };
}

/** LF for each CR, but for one before LF, which goes. */
function createLineFeeds(): (chunk: Buffer) => Buffer {
  let isAfterCr = false;
  return (chunk) => {
    const out = Buffer.alloc(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (!(byte === LF && isAfterCr)) out[length++] = byte === CR ? LF : byte;
      isAfterCr = byte === CR;
    }
    return out.subarray(0, length);
  };
}
