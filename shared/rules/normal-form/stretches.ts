import { MAX_CONTINUING, segmentEnd } from "./boundaries.ts";
import { INVISIBLE } from "./character-kind.ts";
import { type CharacterTable, CONTINUES, entryOf, FIRST_BRIEF_SPECIAL, isInvisible } from "./character-table.ts";
import { rewind, type TextForm, writeBrief, writeCharacter, writeText } from "./form-writer.ts";

/** Writes one segment of a piece (see `segmentEnd`) behind what the form holds. */
export function writeSegment(form: TextForm, text: string, from: number, to: number): void {
  if (to - from === 1) writeCharacter(form, text.charCodeAt(from));
  else writeText(form, normalise(text.slice(from, to)));
}

/** Units of a stretch, if it does not have to go on for what continues its last segment. */
const STRETCH = 32;

/** Writes the stretch of a piece that begins at `from`, from the loaded text of the piece; returns where the stretch ends. */
export function writeStretch(form: TextForm, text: string, piece: { from: number; to: number }, from: number): number {
  const start = from - piece.from;
  const to = stretchEnd(form, piece, from);
  const { length, before, white } = form;
  if (!writeEach(form, start, to - piece.from)) {
    rewind(form, { length, before, white });
    writeMelting(form, text, from, to);
  }
  return to;
}

/** Where the characters behind `from` end that are brief (see `CharacterTable`) and that nothing behind them can melt with. */
export function briefEnd({ table, sourceUnits }: TextForm, piece: { from: number; to: number }, from: number): number {
  const first = from - piece.from;
  const length = piece.to - piece.from;
  let end = first;
  while (end < length && table.brief[sourceUnits[end] as number] !== 0) end++;
  if (end < length) while (end > first && !startsSegment(table.brief[sourceUnits[--end] as number] as number));
  return piece.from + end;
}

/** Where the stretch that begins at `from` ends: before a character that is known to start a segment. */
export function stretchEnd(
  { table, sourceUnits }: TextForm,
  piece: { from: number; to: number },
  from: number,
): number {
  let end = from + STRETCH;
  while (end < piece.to && !startsSegment(table.brief[sourceUnits[end - piece.from] as number] as number)) end++;
  return Math.min(end, piece.to);
}

function startsSegment(brief: number): boolean {
  return brief !== 0 && brief < FIRST_BRIEF_SPECIAL;
}

/** Writes characters as they stand alone; stops at one that continues another, and tells whether there was none. */
function writeEach(form: TextForm, from: number, to: number): boolean {
  for (let at = writeBrief(form, from, to); at < to; at = writeBrief(form, at, to)) {
    const codePoint = codePointAt(form.sourceUnits, at, to);
    if (entryOf(form.table, codePoint) & CONTINUES) return false;
    writeCharacter(form, codePoint);
    at += codePoint > 0xffff ? 2 : 1;
  }
  return true;
}

function codePointAt(units: Uint16Array, at: number, to: number): number {
  const unit = units[at] as number;
  const next = at + 1 < to ? (units[at + 1] as number) : 0;
  const isPair = (unit & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00;
  return isPair ? 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff) : unit;
}

/** Writes a stretch in which characters may melt with each other. */
function writeMelting(form: TextForm, text: string, from: number, to: number): void {
  if (!isOverlong(form.table, text, from, to)) writeText(form, normalise(text.slice(from, to)));
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
