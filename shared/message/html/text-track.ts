import { joinsLines } from "../../text/unspaced.ts";

/** What stands between two pieces of text, from the weakest to the strongest. */
export const SEPARATORS = { none: "", space: " ", cell: "\t", line: "\n", paragraph: "\n\n" } as const;
export type Separator = keyof typeof SEPARATORS;
const STRENGTH = Object.keys(SEPARATORS) as readonly Separator[];

/** HTML's white space. U+00A0 is not, but a person sees a space all the same. */
const SPACE = "[ \\t\\n\\f\\r\\u00a0]";
const SPACES = new RegExp(`${SPACE}+`, "g");
const LEADING = new RegExp(`^${SPACE}+`);
const LINE_BREAK = /[\n\r]/;

export function stronger(one: Separator, other: Separator): Separator {
  return STRENGTH.indexOf(one) > STRENGTH.indexOf(other) ? one : other;
}

/** A text that grows piece by piece, its white space as HTML shows it. */
export interface Track {
  /** @returns where the words that were added stand, if there were any */
  text(piece: string): [start: number, end: number] | undefined;
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
    separate("space");
    at.brokenLine ||= LINE_BREAK.test(run);
  }

  function append(words: string): [number, number] {
    const joined = at.pending === "space" && at.brokenLine && joinsLines(at.last, words);
    const separator = at.last === "" || joined ? "" : SEPARATORS[at.pending];
    const start = at.length + separator.length;
    pieces.add(separator + words);
    Object.assign(at, { last: words.slice(-2), pending: "none", brokenLine: false, length: start + words.length });
    return [start, at.length];
  }

  return {
    text(piece) {
      if (at.preserved > 0) return append(piece.replace(/\r\n?/g, "\n"));
      const leading = LEADING.exec(piece)?.[0].length ?? 0;
      if (leading > 0) space(piece.slice(0, leading));
      if (leading === piece.length) return undefined;
      const end = trailingStart(piece);
      const range = append(foldSpace(piece.slice(leading, end)));
      if (end < piece.length) space(piece.slice(end));
      return range;
    },
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
    text: () => [...joined, ...pieces].join(""),
    copy: () => createPieces([...joined], [...pieces]),
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
