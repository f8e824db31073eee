/** UTF-16 units worked on at a time. */
const SLICE = 64 * 1024;

/**
 * Works on a long text in slices, so that an expression which matches a million times holds the matches of one slice only:
 * over 16 MB of line ends the engine would keep half a gigabyte.
 *
 * @param splits whether a slice may not end between these two units
 */
export function inSlices(
  text: string,
  work: (slice: string) => string,
  splits: (before: number, after: number) => boolean,
): string {
  if (text.length <= SLICE) return work(text);
  const done: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + SLICE);
    while (to < text.length && splits(text.charCodeAt(to - 1), text.charCodeAt(to))) to++;
    const piece = work(text.slice(from, to));
    // The engine keeps what was put together as a tree, 32 bytes a joint. Looking into it makes it one string.
    void piece.charCodeAt(0);
    done.push(piece);
    from = to;
  }
  return done.join("");
}

const [LF, CR] = [0x0a, 0x0d];

/** Text with line ends of LF alone. */
export function textLines(text: string): string {
  if (!text.includes("\r")) return text;
  return inSlices(
    text,
    // A fixed string is found several times as fast as one or the other.
    (slice) => slice.replace(/\r\n/g, "\n").replace(/\r/g, "\n"),
    (before, after) => before === CR && after === LF,
  );
}

/** The lines of a text, one after the other: a list of them would be many times as large as the text. */
export function* linesOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf("\n", from);
    yield text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length + 1 : end + 1;
  }
}
