import { segmentEnd, visibleEnd } from "./boundaries.ts";
import type { Kind } from "./character-kind.ts";
import { BRIEF_SHIFT, FIRST_BRIEF_SPECIAL } from "./character-table.ts";
import type { TextForm } from "./form-writer.ts";
import { openPiece, type Piece } from "./pieces.ts";
import { briefEnd, stretchEnd, writeSegment } from "./stretches.ts";
import { type Before, GAPS, gapBetween, White, whiteAfter } from "./white-space.ts";

/** Offsets in the text as it was given, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What is being traced. */
interface Tracing {
  readonly form: TextForm;
  readonly text: string;
  /** Ascending. */
  readonly wanted: Float64Array;
  /** The place of the first that has no range yet. */
  next: number;
  readonly ranges: Map<number, TextRange>;
}

/**
 * Traces units of a form back to the whole characters of the text that they come from.
 *
 * A table of offsets would be as large as the text and mostly unused. Instead the pieces that hold a wanted unit are
 * gone through once more, segment by segment.
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
  const tracing: Tracing = { form, text, wanted: Float64Array.from(units).sort(), next: 0, ranges: new Map() };
  for (const [i, piece] of pieces.entries()) {
    if (isWantedBefore(tracing, pieces[i + 1]?.form ?? Number.POSITIVE_INFINITY)) tracePiece(tracing, piece);
  }
  return tracing.ranges;
}

function isWantedBefore({ wanted, next }: Tracing, unit: number): boolean {
  return next < wanted.length && (wanted[next] as number) < unit;
}

function tracePiece(tracing: Tracing, piece: Piece): void {
  const { form, text } = tracing;
  openPiece(form, text, piece);
  for (let from = piece.from, to = from; from < piece.to && tracing.next < tracing.wanted.length; from = to) {
    to = briefEnd(form, piece, from);
    if (to > from) traceBrief(tracing, piece, from, to);
    else {
      to = stretchEnd(form, piece, from);
      traceSegments(tracing, piece, from, to);
    }
  }
}

/** Where all is brief, a visible character is a segment, and becomes one unit behind those of the gap before it. */
function traceBrief(tracing: Tracing, piece: Piece, from: number, to: number): void {
  const { form } = tracing;
  const { brief } = form.table;
  for (let at = from; at < to; at++) {
    const entry = brief[form.sourceUnits[at - piece.from] as number] as number;
    const kind = ((entry >>> BRIEF_SHIFT) - 1) as Kind;
    if (entry >= FIRST_BRIEF_SPECIAL) form.white = whiteAfter(form.white, kind);
    else {
      form.length += 1 + (GAPS[gapBetween(form.before, form.white, kind)] as Uint16Array).length;
      form.before = kind as Before;
      form.white = White.none;
      trace(tracing, piece, at, at + 1);
    }
  }
}

function traceSegments(tracing: Tracing, piece: Piece, from: number, to: number): void {
  const { form, text } = tracing;
  for (let start = from, end = from; start < to; start = end) {
    end = segmentEnd(form.table, text, start, to);
    writeSegment(form, text, start, end);
    trace(tracing, piece, start, end);
  }
}

/** Keeps this range for the units that were written last. */
function trace(tracing: Tracing, piece: Piece, start: number, end: number): void {
  const { form, text, wanted, ranges } = tracing;
  const written = piece.form + form.length;
  if (!isWantedBefore(tracing, written)) return;
  const range = { start, end: visibleEnd(form.table, text, start, end) };
  while (isWantedBefore(tracing, written)) ranges.set(wanted[tracing.next++] as number, range);
}
