const [LF, CR] = [0x0a, 0x0d];

/** How far a mail is looked into for its kind of line end. */
const LOOK_AHEAD = 64 * 1024;

/** Whether more than so many bytes of a mail are needed to tell its kind of line end: as much for every mail, however it is cut into chunks. */
export function needsMore(bytes: number): boolean {
  return bytes < LOOK_AHEAD;
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
  const head = start.subarray(0, LOOK_AHEAD);
  const bare = countBareCrs(head);
  return bare > 0 && bare > countLfs(head) ? createLineFeeds() : (chunk) => chunk;
}

/** CR before LF belongs to it, several of them too: `\r\r\n` is what two conversions make of one line end. */
function countBareCrs(head: Buffer): number {
  let bare = 0;
  for (let at = head.indexOf(CR); at >= 0; ) {
    let end = at + 1;
    while (head[end] === CR) end++;
    // What ends the head may be half of CRLF, unless it is the last of many.
    const isBare = end < head.length ? head[end] !== LF : bare > 0;
    if (isBare) bare += end - at;
    at = head.indexOf(CR, end);
  }
  return bare;
}

function countLfs(head: Buffer): number {
  let lfs = 0;
  for (let at = head.indexOf(LF); at >= 0; at = head.indexOf(LF, at + 1)) lfs++;
  return lfs;
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
