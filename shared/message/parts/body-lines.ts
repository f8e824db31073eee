const [LF, CR] = [0x0a, 0x0d];
const DASHES = "--";

/**
 * Where the next line begins that could be a delimiter, `--` behind a line end (and a stray CR, which mailsplit passes over); -1 when there is none.
 * At the speed of a search for bytes: this is what skips the body of an attachment.
 *
 * @param isLineStart whether a line begins at `from`
 */
export function nextDashLine(bytes: Buffer, from: number, isLineStart: boolean): number {
  for (let dashes = bytes.indexOf(DASHES, from); dashes >= 0; ) {
    const start = bytes[dashes - 1] === CR && dashes > from ? dashes - 1 : dashes;
    if (start === from ? isLineStart : bytes[start - 1] === LF) return start;
    // A line of dashes alone must not be searched once for each of them.
    const lineEnd = bytes.indexOf(LF, dashes);
    dashes = lineEnd < 0 ? -1 : bytes.indexOf(DASHES, lineEnd);
  }
  return -1;
}

/**
 * Where bytes begin that must wait for those behind them: what may be the beginning of a delimiter.
 *
 * @param isLineStart whether a line begins at `from`
 */
export function heldFrom(bytes: Buffer, from: number, isLineStart: boolean): number {
  const lineEnd = bytes.lastIndexOf(LF);
  const start = lineEnd >= from ? lineEnd + 1 : from;
  const mayBegin = lineEnd >= from || isLineStart;
  return mayBegin && /^\r?-?$/.test(bytes.toString("latin1", start, start + 3)) ? start : bytes.length;
}

/** Where the line end begins that the bytes end with, or the first half of one: it belongs to the delimiter that may follow (RFC 2046 section 5.1.1). */
export function lineEndFrom(bytes: Buffer): number {
  const last = bytes.length - 1;
  if (bytes[last] === LF) return bytes[last - 1] === CR ? last - 1 : last;
  return bytes[last] === CR ? last : bytes.length;
}
