import { joinsLines } from "../../text/unspaced.ts";

/** What stands between two pieces of text, from the weakest to the strongest. */
export const SEPARATORS = { none: "", space: " ", cell: "\t", line: "\n", paragraph: "\n\n" } as const;
export type Separator = keyof typeof SEPARATORS;
const STRENGTH: Readonly<Record<Separator, number>> = { none: 0, space: 1, cell: 2, line: 3, paragraph: 4 };

export function stronger(one: Separator, other: Separator): Separator {
  return STRENGTH[one] > STRENGTH[other] ? one : other;
}

/** A text that grows piece by piece, its white space as HTML shows it. */
export interface Track {
  /** @returns how many units of words were added: they stand at the end */
  text(piece: string): number;
  length(): number;
  separate(by: Separator): void;
  keepSpace(on: boolean): void;
  end(): string;
  /** A track that goes on from here. */
  copy(): Track;
}

/** How far a track has come. */
interface Progress {
  last: string;
  pending: Separator;
  brokenLine: boolean;
  preserved: number;
  length: number;
}

const START: Progress = { last: "", pending: "none", brokenLine: false, preserved: 0, length: 0 };

export function createTrack(from: Progress = START, pieces = createPieces()): Track {
  const at: Progress = { ...from };

  function separate(by: Separator): void {
    at.pending = stronger(at.pending, by);
  }

  function space(run: string): void {
    if (run === "") return;
    separate("space");
    at.brokenLine ||= LINE_BREAK.test(run);
  }

  function append(words: string): number {
    const joined = at.pending === "space" && at.brokenLine && joinsLines(at.last, words);
    const separator = at.last === "" || joined ? "" : SEPARATORS[at.pending];
    if (separator !== "") pieces.add(separator);
    pieces.add(words);
    at.last = words;
    at.pending = "none";
    at.brokenLine = false;
    at.length += separator.length + words.length;
    return words.length;
  }

  return {
    text(piece) {
      if (at.preserved > 0) return append(piece.replace(/\r\n?/g, "\n"));
      const start = wordsStart(piece);
      space(piece.slice(0, start));
      if (start === piece.length) return 0;
      const end = wordsEnd(piece);
      const added = append(foldSpace(piece.slice(start, end)));
      space(piece.slice(end));
      return added;
    },
    length: () => at.length,
    separate,
    keepSpace(on) {
      at.preserved = Math.max(0, at.preserved + (on ? 1 : -1));
    },
    end: pieces.text,
    copy: () => createTrack(at, pieces.copy()),
  };
}

/** Pieces held at a time. One by one, the pieces of 16 MB of tags would cost ten times their text. */
const MAX_PIECES = 4096;

interface Pieces {
  add(piece: string): void;
  text(): string;
  copy(): Pieces;
}

function createPieces(joined: string[] = [], pieces: string[] = []): Pieces {
  return {
    add(piece) {
      pieces.push(piece);
      if (pieces.length < MAX_PIECES) return;
      joined.push(pieces.join(""));
      pieces.length = 0;
    },
    text: () => joined.join("") + pieces.join(""),
    copy: () => createPieces([...joined], [...pieces]),
  };
}

function wordsStart(piece: string): number {
  let start = 0;
  while (start < piece.length && isSpace(piece.charCodeAt(start))) start++;
  return start;
}

/** Walked from the end: `\s+$` would try every space of the text. */
function wordsEnd(piece: string): number {
  let end = piece.length;
  while (end > 0 && isSpace(piece.charCodeAt(end - 1))) end--;
  return end;
}

/** HTML's white space. U+00A0 is not, but a person sees a space all the same. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d && unit !== 0x0b) || unit === 0xa0;
}

/** White space that is more than a single space. */
const UNFOLDED = /[ \t\n\f\r\u00a0]{2,}|[\t\n\f\r\u00a0]/g;
const LINE_BREAK = /[\n\r]/;

function foldSpace(words: string): string {
  return words.replace(UNFOLDED, (run, at: number) =>
    LINE_BREAK.test(run) && joinsLines(words.slice(0, at), words.slice(at + run.length)) ? "" : " ",
  );
}
