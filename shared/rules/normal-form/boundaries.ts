import { type CharacterTable, CONTINUES, entryOf, isInvisible } from "./character-table.ts";

/** UTF-16 units that are brought into search form at a time: a text of 16 MB must not be held several times over. */
const PIECE_LENGTH = 4_096;

/**
 * Characters that may continue one segment, as in the Stream-Safe Text Format (UAX #15, 13). Putting n marks in
 * canonical order takes n² steps, and a mail may consist of nothing else.
 */
export const MAX_CONTINUING = 30;

/** Where the piece that begins at `from` ends: at the last start of a segment within its length, if it has one. */
export function pieceEnd(table: CharacterTable, text: string, from: number): number {
  const limit = from + PIECE_LENGTH;
  if (limit >= text.length) return text.length;
  for (let end = limit; end > from; end--) {
    if (!splitsPair(text, end) && startsSegment(entryOf(table, text.codePointAt(end) as number))) return end;
  }
  return splitsPair(text, limit) ? limit - 1 : limit;
}

/**
 * Where the segment that begins at `from` ends: before the next visible character that cannot melt with this one.
 * The forms of a piece's segments, one after another, are the form of the piece.
 */
export function segmentEnd(table: CharacterTable, text: string, from: number, to: number): number {
  let continuing = 0;
  let end = from;
  while (end < to) {
    const codePoint = text.codePointAt(end) as number;
    const entry = entryOf(table, codePoint);
    if (!isInvisible(entry)) {
      if (end > from && (!(entry & CONTINUES) || continuing === MAX_CONTINUING)) return end;
      if (entry & CONTINUES) continuing++;
    }
    end += codePoint > 0xffff ? 2 : 1;
  }
  return end;
}

/** The end of what a person sees of the segment, without the invisible characters that trail it. */
export function visibleEnd(table: CharacterTable, text: string, from: number, to: number): number {
  let end = to;
  for (let at = from; at < to; ) {
    const codePoint = text.codePointAt(at) as number;
    at += codePoint > 0xffff ? 2 : 1;
    if (!isInvisible(entryOf(table, codePoint))) end = at;
  }
  return end;
}

function startsSegment(entry: number): boolean {
  return !(entry & CONTINUES) && !isInvisible(entry);
}

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) as number) > 0xffff;
}
