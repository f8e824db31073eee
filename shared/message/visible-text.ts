import { joinsLines } from "../text/unspaced.ts";

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
  separate(by: Separator, hidden: boolean): void;
  /** As inside `<pre>`. Nested, it counts. */
  keepSpace(on: boolean): void;
  end(): VisibleText;
}

/** HTML's white space. U+00A0 is not, but a person sees a space all the same. */
const SPACE = "[ \\t\\n\\f\\r\\u00a0]";
const SPACES = new RegExp(`${SPACE}+`, "g");
const LEADING = new RegExp(`^${SPACE}+`);
const LINE_BREAK = /[\n\r]/;

/**
 * Text that nobody sees is gathered for itself and stands at the end, so that it cannot part a word that is seen:
 * `out<i hidden>x</i>age` reads as "outage".
 */
export function createVisibleText(): VisibleTextBuilder {
  const seen = createTrack();
  const unseen = createTrack();
  let wasHidden = false;
  return {
    text(piece, hidden) {
      if (hidden && !wasHidden) unseen.separate("paragraph");
      wasHidden = hidden;
      (hidden ? unseen : seen).text(piece);
    },
    separate: (by, hidden) => (hidden ? unseen : seen).separate(by),
    keepSpace(on) {
      seen.keepSpace(on);
      unseen.keepSpace(on);
    },
    end() {
      const [text, hidden] = [seen.end(), unseen.end()];
      if (hidden === "") return { text, hidden: [] };
      const start = text === "" ? 0 : text.length + SEPARATORS.paragraph.length;
      return {
        text: text === "" ? hidden : text + SEPARATORS.paragraph + hidden,
        hidden: [[start, start + hidden.length]],
      };
    },
  };
}

interface Track {
  text(piece: string): void;
  separate(by: Separator): void;
  keepSpace(on: boolean): void;
  end(): string;
}

function createTrack(): Track {
  const pieces = createPieces();
  let last = "";
  let pending: Separator = "none";
  let brokenLine = false;
  let preserved = 0;

  function separate(by: Separator): void {
    if (STRENGTH.indexOf(by) > STRENGTH.indexOf(pending)) pending = by;
  }

  function space(run: string): void {
    separate("space");
    brokenLine ||= LINE_BREAK.test(run);
  }

  function append(words: string): void {
    const joined = pending === "space" && brokenLine && joinsLines(last, words);
    pieces.add((last === "" || joined ? "" : SEPARATORS[pending]) + words);
    last = words.slice(-2);
    pending = "none";
    brokenLine = false;
  }

  return {
    text(piece) {
      if (piece === "") return;
      if (preserved > 0) return append(piece.replace(/\r\n?/g, "\n"));
      const leading = LEADING.exec(piece)?.[0].length ?? 0;
      if (leading > 0) space(piece.slice(0, leading));
      if (leading === piece.length) return;
      const end = trailingStart(piece);
      append(foldSpace(piece.slice(leading, end)));
      if (end < piece.length) space(piece.slice(end));
    },
    separate,
    keepSpace(on) {
      preserved = Math.max(0, preserved + (on ? 1 : -1));
    },
    end: pieces.text,
  };
}

/** Pieces held at a time. One by one, the pieces of 16 MB of tags would cost ten times their text. */
const MAX_PIECES = 4096;

function createPieces(): { add(piece: string): void; text(): string } {
  const joined: string[] = [];
  let pieces: string[] = [];
  return {
    add(piece) {
      pieces.push(piece);
      if (pieces.length < MAX_PIECES) return;
      joined.push(pieces.join(""));
      pieces = [];
    },
    text: () => [...joined, ...pieces].join(""),
  };
}

/** Where the white space at the end begins. Walked from the end: `\s+$` would try every space of the text. */
function trailingStart(piece: string): number {
  let end = piece.length;
  while (end > 0 && LEADING.test(piece.charAt(end - 1))) end--;
  return end;
}

/** White space that is more than single spaces. */
const UNFOLDED = /[\t\n\f\r\u00a0]| {2}/;

function foldSpace(words: string): string {
  if (!UNFOLDED.test(words)) return words;
  return words.replace(SPACES, (run, at: number) =>
    LINE_BREAK.test(run) && joinsLines(words.slice(0, at), words.slice(at + run.length)) ? "" : " ",
  );
}
