import { segmentEnd, visibleEnd } from "./boundaries.ts";
import type { CharacterTable } from "./character-table.ts";
import { createForm, type TextForm } from "./form-writer.ts";
import { type Piece, rewind, writeSegment } from "./pieces.ts";

/** Offsets in the text as it was given, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Traces units of a form back to the whole characters of the text that they come from.
 *
 * A table of offsets would be as large as the text and mostly unused. Instead the pieces that hold a wanted unit are
 * written once more, segment by segment, up to that unit.
 *
 * @param pieces as `writePieces` gave them for this text, up to the last unit wanted at least
 * @param units in any order; the edge before a word is traced to its first character; what lies behind the end, to nothing
 */
export function traceUnits(
  table: CharacterTable,
  text: string,
  pieces: readonly Piece[],
  units: ReadonlySet<number>,
): ReadonlyMap<number, TextRange> {
  const wanted = [...units].sort((a, b) => a - b);
  const ranges = new Map<number, TextRange>();
  const form = createForm(table);
  let traced = 0;
  for (const [i, piece] of pieces.entries()) {
    const behind = pieces[i + 1]?.form ?? Number.POSITIVE_INFINITY;
    const first = traced;
    while (traced < wanted.length && (wanted[traced] as number) < behind) traced++;
    if (traced > first) tracePiece(form, text, piece, wanted.slice(first, traced), ranges);
  }
  return ranges;
}

function tracePiece(
  form: TextForm,
  text: string,
  piece: Piece,
  units: readonly number[],
  ranges: Map<number, TextRange>,
): void {
  rewind(form, piece);
  let start = piece.from;
  let end = start;
  for (const unit of units) {
    while (end < piece.to && piece.form + form.length <= unit) {
      start = end;
      end = segmentEnd(form.table, text, start, piece.to);
      writeSegment(form, text, start, end);
    }
    if (piece.form + form.length <= unit) return;
    ranges.set(unit, { start, end: visibleEnd(form.table, text, start, end) });
  }
}
