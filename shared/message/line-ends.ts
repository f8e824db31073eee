const [LF, CR] = [0x0a, 0x0d];

/** How far a mail is looked into for its kind of line end. */
const LOOK_AHEAD = 64 * 1024;

/**
 * Makes bare-CR mail (old Macintosh, some scripts) readable to a parser, by giving LF for each CR. Only the parser's
 * input is changed; the stored bytes and their hash are not.
 *
 * Whether a mail is of that kind is decided by the beginning alone: it has CR and no LF. A CR inside an LF mail is content.
 */
export function createLineEnds(): (chunk: Buffer) => Buffer {
  let bareCr: boolean | undefined;
  let seen = 0;
  return (chunk) => {
    if (bareCr === undefined) {
      const head = chunk.subarray(0, LOOK_AHEAD);
      if (head.includes(LF)) bareCr = false;
      else if (head.includes(CR) && head.indexOf(CR) < head.length - 1) bareCr = true;
      seen += chunk.length;
      if (seen >= LOOK_AHEAD) bareCr ??= false;
    }
    return bareCr ? withLineFeeds(chunk) : chunk;
  };
}

function withLineFeeds(chunk: Buffer): Buffer {
  const out = Buffer.from(chunk);
  for (let at = out.indexOf(CR); at >= 0; at = out.indexOf(CR, at + 1)) out[at] = LF;
  return out;
}
