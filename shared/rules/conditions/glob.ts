/** Whether a text fits a glob. */
export type Fits = (text: string) => boolean;

/**
 * Compiles a glob: `*` stands for any run of characters, all else for itself, case aside.
 *
 * Each piece between stars is looked for once, from left to right, so no text makes it backtrack.
 */
export function compileGlob(glob: string): Fits {
  const [first = "", ...rest] = glob.toLowerCase().split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text.toLowerCase() === first;
  return (text) => {
    const lower = text.toLowerCase();
    if (lower.length < first.length + last.length || !lower.startsWith(first) || !lower.endsWith(last)) return false;
    return piecesBetween(lower, first.length, lower.length - last.length, rest);
  };
}

function piecesBetween(text: string, start: number, end: number, pieces: readonly string[]): boolean {
  let from = start;
  for (const piece of pieces) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= end;
}
