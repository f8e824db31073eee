/** Edit distance with neighbours swapped counted as one (optimal string alignment), or `cap` when it is no less. */
function distance(a: string, b: string, cap: number): number {
  if (Math.abs(a.length - b.length) >= cap) return cap;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(above, column) + 1,
          at(current, column - 1) + 1,
          at(above, column - 1) + (same ? 0 : 1),
          swapped ? at(before, column - 2) + 1 : cap,
        ),
      );
    }
    before = above;
    above = current;
  }
  return Math.min(at(above, b.length), cap);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** The known word that was probably meant: at most a third of it is different, case aside. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const cap = Math.floor(candidate.length / 3) + 1;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase(), cap);
    if (edits < cap && edits < least) [nearest, least] = [candidate, edits];
  }
  return nearest;
}

/** `, did you mean "x"?` when one is near, else which words there are. */
export function withNearest(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? `; known are ${known.join(", ")}` : `, did you mean "${nearest}"?`;
}
