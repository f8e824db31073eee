import { segmentEnd, visibleEnd } from "./boundaries.ts";
import { rewind, type TextForm } from "./form-writer.ts";
import { openPiece, type Piece } from "./pieces.ts";
import { writeSegment, writeStretch } from "./stretches.ts";

/** Offsets in the text as it was given, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What is being traced. */
interface Tracing {
  readonly form: TextForm;
  readonly text: string;
  /** The units that have no range yet, the first of them last. */
  readonly wanted: number[];
  readonly ranges: Map<number, TextRange>;
}

/**
 * Traces units of a form back to the whole characters of the text that they come from.
 *
 * A table of offsets would be as large as the text and mostly unused. Instead the pieces that hold a wanted unit are
 * written once more, and their stretches that hold one segment by segment.
 *
 * @param form the one that gave the pieces; what it holds is lost
 * @param pieces as `writePieces` gave them for this text, up to the last unit wanted at least
 * @param units in any order; the edge before a word is traced to its first character; what lies behind the end, to nothing
 */
export function traceUnits(
  form: TextForm,
  text: string,
  pieces: readonly Piece[],
  units: ReadonlySet<number>,
): ReadonlyMap<number, TextRange> {
  const tracing: Tracing = { form, text, wanted: [...units].sort((a, b) => b - a), ranges: new Map() };
  for (const [i, piece] of pieces.entries()) {
    if (isWantedBefore(tracing, pieces[i + 1]?.form ?? Number.POSITIVE_INFINITY)) tracePiece(tracing, piece);
  }
  return tracing.ranges;
}

function isWantedBefore({ wanted }: Tracing, unit: number): boolean {
  return wanted.length > 0 && (wanted.at(-1) as number) < unit;
}

function tracePiece(tracing: Tracing, piece: Piece): void {
  const { form, text } = tracing;
  openPiece(form, text, piece);
  for (let from = piece.from, to = from; from < piece.to && tracing.wanted.length > 0; from = to) {
    const { length, before, white } = form;
    to = writeStretch(form, text, piece, from);
    if (!isWantedBefore(tracing, piece.form + form.length)) continue;
    rewind(form, { length, before, white });
    traceStretch(tracing, piece, from, to);
  }
}

function traceStretch(tracing: Tracing, piece: Piece, from: number, to: number): void {
  const { form, text, wanted, ranges } = tracing;
  for (let start = from, end = from; start < to; start = end) {
    end = segmentEnd(form.table, text, start, to);
    writeSegment(form, text, start, end);
    if (!isWantedBefore(tracing, piece.form + form.length)) continue;
    const range = { start, end: visibleEnd(form.table, text, start, end) };
    while (isWantedBefore(tracing, piece.form + form.length)) ranges.set(wanted.pop() as number, range);
  }
}
