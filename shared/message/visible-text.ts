/** Text as a person sees it, and the places in it that are there but hidden. */
export interface VisibleText {
  readonly text: string;
  /** Ranges of `text`, ascending, in UTF-16 units. */
  readonly hidden: readonly (readonly [start: number, end: number])[];
}

/** What stands between two pieces of text, from the weakest to the strongest. */
const SEPARATORS = { none: "", space: " ", cell: "\t", line: "\n", paragraph: "\n\n" } as const;
export type Separator = keyof typeof SEPARATORS;
const STRENGTH = Object.keys(SEPARATORS) as readonly Separator[];

export interface VisibleTextBuilder {
  /** Adds text with HTML's white space in it, which is folded unless `keepSpace` is on. */
  text(piece: string, hidden: boolean): void;
  /** Keeps what comes next apart; of several separators in a row the strongest counts. */
  separate(by: Separator): void;
  /** As inside `<pre>`. Nested, it counts. */
  keepSpace(on: boolean): void;
  end(): VisibleText;
}

/** HTML's white space. U+00A0 is not, but a person sees a space all the same. */
const SPACE = "[ \\t\\n\\f\\r\\u00a0]";
const SPACES = new RegExp(`${SPACE}+`, "g");
const LEADING = new RegExp(`^${SPACE}+`);
const LINE_BREAK = /[\n\r]/;

/** Scripts that are written without spaces: a line break in their source is no space (CSS Text 3, section 4.1.3). */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff9f]/u;

export function createVisibleText(): VisibleTextBuilder {
  const pieces: string[] = [];
  const hiddenRanges: [number, number][] = [];
  let length = 0;
  let last = "";
  let pending: Separator = "none";
  let brokenLine = false;
  let lastIsHidden = false;
  let preserved = 0;

  function separate(by: Separator): void {
    if (STRENGTH.indexOf(by) > STRENGTH.indexOf(pending)) pending = by;
  }

  function space(run: string): void {
    separate("space");
    brokenLine ||= LINE_BREAK.test(run);
  }

  function append(words: string, hidden: boolean): void {
    const joined = pending === "space" && brokenLine && isJoined(last, words.charAt(0));
    const separator = length === 0 || joined ? "" : SEPARATORS[pending];
    pieces.push(separator, words);
    const start = length + separator.length;
    length = start + words.length;
    last = words.charAt(words.length - 1);
    if (hidden) hide(start, length);
    lastIsHidden = hidden;
    pending = "none";
    brokenLine = false;
  }

  function hide(start: number, end: number): void {
    const previous = hiddenRanges.at(-1);
    if (previous !== undefined && lastIsHidden) previous[1] = end;
    else hiddenRanges.push([start, end]);
  }

  return {
    text(piece, hidden) {
      if (piece === "") return;
      if (preserved > 0) return append(piece.replace(/\r\n?/g, "\n"), hidden);
      const leading = LEADING.exec(piece)?.[0].length ?? 0;
      if (leading > 0) space(piece.slice(0, leading));
      if (leading === piece.length) return;
      const end = trailingStart(piece);
      append(foldSpace(piece.slice(leading, end)), hidden);
      if (end < piece.length) space(piece.slice(end));
    },
    separate,
    keepSpace(on) {
      preserved = Math.max(0, preserved + (on ? 1 : -1));
    },
    end: () => ({ text: pieces.join(""), hidden: hiddenRanges }),
  };
}

/** Where the white space at the end begins. Walked from the end: `\s+$` would try every space of the text. */
function trailingStart(piece: string): number {
  let end = piece.length;
  while (end > 0 && LEADING.test(piece.charAt(end - 1))) end--;
  return end;
}

function foldSpace(words: string): string {
  return words.replace(SPACES, (run, at: number) =>
    LINE_BREAK.test(run) && isJoined(words.charAt(at - 1), words.charAt(at + run.length)) ? "" : " ",
  );
}

function isJoined(before: string, after: string): boolean {
  return UNSPACED.test(before) && UNSPACED.test(after);
}
