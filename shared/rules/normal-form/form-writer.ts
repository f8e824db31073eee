import { Kind } from "./character-kind.ts";
import { type CharacterTable, CODE_POINT_MASK, entryOf, KIND_MASK, KIND_SHIFT, pageOf } from "./character-table.ts";
import {
  type Before,
  EDGE_BEFORE,
  EDGE_BEHIND,
  gapBetween,
  ONE_SPACE,
  START,
  White,
  whiteAfter,
} from "./white-space.ts";

/** Stands at every edge of a word. It is a control character: as those are invisible, no text brings it into its form. */
export const WORD_EDGE = 0x1f;
const SPACE = 0x20;
const FIRST_SPECIAL = (Kind.unspaced + 1) << KIND_SHIFT;
/** What one unit of text becomes at most, but for expansions: an edge, a space, an edge, and itself. */
const UNITS_PER_UNIT = 4;

/** A text in the form that is searched: normalised, written piece by piece into one buffer. */
export interface TextForm {
  readonly table: CharacterTable;
  /** The newest piece, up to `length`. */
  units: Uint16Array;
  length: number;
  before: Before;
  white: White;
}

export function createForm(table: CharacterTable): TextForm {
  return { table, units: new Uint16Array(0), length: 0, before: START, white: White.none };
}

/** What the form holds, as a string. */
export function formText({ units, length }: TextForm): string {
  return Buffer.from(units.buffer, units.byteOffset, length * 2).toString("utf16le");
}

/**
 * Writes characters each of which stands for itself, or which are NFKC already.
 * @param refused a flag of entries; at a character that has it the writing stops
 * @returns whether everything was written
 */
export function writeCharacters(form: TextForm, text: string, from = 0, to = text.length, refused = 0): boolean {
  for (let at = from; at < to; ) {
    reserve(form, to - at);
    at = writePlainCharacters(form, text, at, to, refused);
    if (at === to) break;
    const codePoint = text.codePointAt(at) as number;
    if (entryOf(form.table, codePoint) & refused) return false;
    writeCharacters(form, form.table.expansions.get(codePoint) as string);
    at += codePoint > 0xffff ? 2 : 1;
  }
  return true;
}

/** The inner loop. It stops at a character that is refused or expands, and returns where. */
function writePlainCharacters(form: TextForm, text: string, from: number, to: number, refused: number): number {
  const { table, units } = form;
  let { length, before, white } = form;
  let at = from;
  for (let codePoint = 0; at < to; at += codePoint > 0xffff ? 2 : 1) {
    codePoint = text.charCodeAt(at);
    if (codePoint >= 0xd800 && codePoint < 0xdc00) codePoint = text.codePointAt(at) as number;
    const entry = pageOf(table, codePoint)[codePoint & 0xff] as number;
    const kind = ((entry >>> KIND_SHIFT) & KIND_MASK) as Kind;
    if (entry >= FIRST_SPECIAL) {
      if (kind === Kind.expands || entry & refused) break;
      if (kind > Kind.unspaced) {
        white = whiteAfter(white, kind);
        continue;
      }
    }
    if (white !== White.none || kind !== before) {
      const gap = gapBetween(before, white, kind);
      if (gap & EDGE_BEHIND) units[length++] = WORD_EDGE;
      if (gap & ONE_SPACE) units[length++] = SPACE;
      if (gap & EDGE_BEFORE) units[length++] = WORD_EDGE;
      white = White.none;
      before = kind as Before;
    }
    const written = entry & CODE_POINT_MASK;
    if (written > 0xffff) units[length++] = 0xd7c0 + (written >> 10);
    units[length++] = written > 0xffff ? 0xdc00 | (written & 0x3ff) : written;
  }
  form.length = length;
  form.before = before;
  form.white = white;
  return at;
}

/** Makes room for so many more units of text. */
function reserve(form: TextForm, length: number): void {
  const needed = form.length + UNITS_PER_UNIT * length + 1;
  if (needed <= form.units.length) return;
  const units = new Uint16Array(Math.max(needed, 2 * form.units.length));
  units.set(form.units.subarray(0, form.length));
  form.units = units;
}
