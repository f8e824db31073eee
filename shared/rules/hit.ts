/** The first place of a term, a keyword or pattern, in a text. */
export interface Hit {
  /** The number of the term. */
  readonly term: number;
  /** UTF-16 units in the text as it was given; whole characters, so that ß is covered by a hit of its first s. */
  readonly start: number;
  readonly end: number;
}

export function inOrderOfText(a: Hit, b: Hit): number {
  return a.start - b.start || a.term - b.term;
}
