import { MAX_CONTINUING, pieceEnd, segmentEnd } from "./boundaries.ts";
import { INVISIBLE, Kind } from "./character-kind.ts";
import { type CharacterTable, CONTINUES, entryOf, isInvisible } from "./character-table.ts";
import { type TextForm, WORD_EDGE, writeCharacters } from "./form-writer.ts";
import { type Before, START, White } from "./white-space.ts";

// How a text becomes the form that is searched. From small to large:
//
// - a character: one code point. Alone, it becomes what `CharacterTable` says.
// - a segment: a character with those that NFKC may melt with it, such as accents. Segments normalise independently.
// - a piece: some thousand units, cut between segments. It is what is written, and held, at a time.
// - the form: what all pieces give, one after another. That of a long text is never held whole.

/** A piece of the text, where its form begins, and how the form stood there. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly form: number;
  readonly before: Before;
  readonly white: White;
}

/**
 * Writes the form of a text. Each piece is in the form when it is yielded, and gone when the next one is asked for;
 * from what is yielded it can be written again.
 */
export function* writePieces(form: TextForm, text: string): Generator<Piece, void> {
  rewind(form, { before: START, white: White.none });
  let written = 0;
  for (let from = 0; from < text.length; ) {
    const { before, white } = form;
    const piece: Piece = { from, to: pieceEnd(form.table, text, from), form: written, before, white };
    writePiece(form, text, piece);
    if (piece.to === text.length && form.before === Kind.word) form.units[form.length++] = WORD_EDGE;
    yield piece;
    written += form.length;
    from = piece.to;
  }
}

/** Makes the form stand where the piece begins. */
export function rewind(form: TextForm, piece: Pick<Piece, "before" | "white">): void {
  form.length = 0;
  form.before = piece.before;
  form.white = piece.white;
}

/** Writes one segment of a piece (see `segmentEnd`) behind what the form holds. */
export function writeSegment(form: TextForm, text: string, from: number, to: number): void {
  if (to - from === 1) writeCharacters(form, text, from, to);
  else writeCharacters(form, normalise(text.slice(from, to)));
}

function writePiece(form: TextForm, text: string, piece: Piece): void {
  const { from, to } = piece;
  rewind(form, piece);
  if (writeCharacters(form, text, from, to, CONTINUES)) return;
  rewind(form, piece);
  if (!isOverlong(form.table, text, from, to)) writeCharacters(form, normalise(text.slice(from, to)));
  else {
    for (let start = from, end = from; start < to; start = end) {
      end = segmentEnd(form.table, text, start, to);
      writeSegment(form, text, start, end);
    }
  }
}

/** Whether more characters continue each other than are normalised at once. */
function isOverlong(table: CharacterTable, text: string, from: number, to: number): boolean {
  let continuing = 0;
  for (let i = from; i < to; i++) {
    const codePoint = text.codePointAt(i) as number;
    if (codePoint > 0xffff) i++;
    const entry = entryOf(table, codePoint);
    if (entry & CONTINUES) {
      if (++continuing > MAX_CONTINUING) return true;
    } else if (!isInvisible(entry)) continuing = 0;
  }
  return false;
}

/**
 * NFKC of what is visible. Invisible characters go first: a soft hyphen between a letter and its accent would keep
 * them apart.
 */
function normalise(text: string): string {
  return text.replace(INVISIBLE, "").normalize("NFKC");
}
