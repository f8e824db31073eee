import { pieceEnd } from "./boundaries.ts";
import { Kind } from "./character-kind.ts";
import { load, rewind, type TextForm } from "./form-writer.ts";
import { writeStretch } from "./stretches.ts";
import { type Before, START, White, WORD_EDGE } from "./white-space.ts";

// How a text becomes the form that is searched. From small to large:
//
// - a character: one code point. Alone, it becomes what `CharacterTable` says.
// - a segment: a character with those that NFKC may melt with it, such as accents. Segments normalise independently.
// - a stretch: some dozen units, cut between segments. If characters continue others in it, it is normalised.
// - a piece: some thousand units, cut between segments. It is what is held at a time.
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
  for (const piece of readPieces(form, text, (each) => writePiece(form, text, each))) {
    if (piece.to === text.length && form.before === Kind.word) form.units[form.length++] = WORD_EDGE;
    yield piece;
  }
}

/** Reads a text piece by piece, by a function that leaves the form as if it had written the piece. */
export function* readPieces(form: TextForm, text: string, read: (piece: Piece) => void): Generator<Piece, void> {
  rewind(form, { length: 0, before: START, white: White.none });
  let written = 0;
  for (let from = 0; from < text.length; ) {
    const { before, white } = form;
    const piece: Piece = { from, to: pieceEnd(form.table, text, from), form: written, before, white };
    openPiece(form, text, piece);
    read(piece);
    from = piece.to;
    written += form.length;
    yield piece;
  }
}

function writePiece(form: TextForm, text: string, piece: Piece): void {
  for (let at = piece.from; at < piece.to; ) at = writeStretch(form, text, piece, at);
}

/** Makes the form stand where the piece begins. */
export function openPiece(form: TextForm, text: string, { from, to, before, white }: Piece): void {
  rewind(form, { length: 0, before, white });
  load(form, text.slice(from, to));
}
