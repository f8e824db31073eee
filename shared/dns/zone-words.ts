/** One word of a zone file, as it is written there. */
export interface ZoneWord {
  /** Between its quotes, where it has them; escapes as they are written. */
  readonly text: string;
  readonly isQuoted: boolean;
  readonly line: number;
  readonly column: number;
}

/** What stands in a zone file up to the end of a line, or of several within parentheses (RFC 1035, section 5.1). */
export interface ZoneEntry {
  readonly words: readonly ZoneWord[];
  /** Begins with white space: the owner is that of the record before. */
  readonly isIndented: boolean;
  readonly line: number;
}

export interface ZoneProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** White space, line ends, comments, parentheses, quoted strings, and words with escapes in them; in this order, one of them fits anywhere. */
const TOKEN = /([ \t\r]+)|(\n)|(;[^\n]*)|([()])|"((?:[^"\\\n]|\\[^\n])*)("?)|((?:[^\s;()"\\]|\\[^\n])+)|(.)/gs;

/** Takes a zone file apart into its entries. Linear in its length. */
export function readZoneWords(text: string, problem: (found: ZoneProblem) => void): readonly ZoneEntry[] {
  const entries: ZoneEntry[] = [];
  let words: ZoneWord[] = [];
  let [line, lineStart] = [1, 0];
  let isIndented = false;
  let opened: ZoneProblem | undefined;

  function endEntry(): void {
    const first = words[0];
    if (first !== undefined) entries.push({ words, isIndented, line: first.line });
    [words, isIndented] = [[], false];
  }

  for (const match of text.matchAll(TOKEN)) {
    const [all, space, lineEnd, comment, parenthesis, quoted, quote, word] = match;
    const place = { line, column: match.index - lineStart + 1 };
    if (space !== undefined) isIndented ||= place.column === 1 && opened === undefined;
    else if (lineEnd !== undefined) {
      if (opened === undefined) endEntry();
      [line, lineStart] = [line + 1, match.index + 1];
    } else if (parenthesis === "(") {
      if (opened !== undefined) problem({ ...place, message: 'expected ")" before another "("' });
      opened = { ...place, message: 'this "(" has no ")"' };
    } else if (parenthesis === ")") {
      if (opened === undefined) problem({ ...place, message: 'this ")" has no "("' });
      opened = undefined;
    } else if (quoted !== undefined) {
      if (quote === "") problem({ ...place, message: "this quoted text does not end on its line" });
      words.push({ text: quoted, isQuoted: true, ...place });
    } else if (word !== undefined) words.push({ text: word, isQuoted: false, ...place });
    else if (comment === undefined) problem({ ...place, message: `expected a word, got ${JSON.stringify(all)}` });
  }
  if (opened !== undefined) problem(opened);
  endEntry();
  return entries;
}

/** A word without its escapes: `\"` is a quote, `\065` the octet 65. */
export function plainWord({ text }: ZoneWord): string {
  return text.replaceAll(/\\(?:(\d{3})|(.))/gu, (_, octet: string | undefined, character: string) =>
    octet === undefined ? character : String.fromCharCode(Number(octet) & 0xff),
  );
}
