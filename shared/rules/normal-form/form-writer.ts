import { Kind } from "./character-kind.ts";
import {
  BRIEF_SHIFT,
  type CharacterTable,
  CODE_POINT_MASK,
  entryOf,
  FIRST_BRIEF_SPECIAL,
  KIND_MASK,
  KIND_SHIFT,
} from "./character-table.ts";
import { type Before, GAPS, gapBetween, START, White, whiteAfter } from "./white-space.ts";

/** What one unit of text becomes at most, but for expansions: an edge, a space, an edge, and itself. */
const UNITS_PER_UNIT = 4;
/** What no brief entry has above its unit. */
const NOTHING = -1;
/** Below this, to copy unit by unit is faster than to call the runtime. */
const SHORT = 48;

/** A text in the form that is searched: normalised, written piece by piece into one buffer. */
export interface TextForm {
  readonly table: CharacterTable;
  /** The text that is written: units of an array are read several times faster than those of a string. */
  source: Buffer;
  sourceUnits: Uint16Array;
  /** The newest piece, up to `length`. */
  units: Uint16Array;
  length: number;
  before: Before;
  white: White;
}

export function createForm(table: CharacterTable): TextForm {
  const none = new Uint16Array(0);
  return {
    table,
    source: Buffer.alloc(0),
    sourceUnits: none,
    units: none,
    length: 0,
    before: START,
    white: White.none,
  };
}

/** What the form holds, as a string. */
export function formText({ units, length }: TextForm): string {
  return Buffer.from(units.buffer, units.byteOffset, length * 2).toString("utf16le");
}

/** How far a form came. */
export type Standing = Pick<TextForm, "length" | "before" | "white">;

/** Makes the form stand where it stood. */
export function rewind(form: TextForm, { length, before, white }: Standing): void {
  form.length = length;
  form.before = before;
  form.white = white;
}

/** Makes a text the source that is written from. */
export function load(form: TextForm, text: string): void {
  if (form.sourceUnits.length < text.length) {
    form.sourceUnits = new Uint16Array(2 * text.length);
    form.source = Buffer.from(form.sourceUnits.buffer);
  }
  if (text.length < SHORT) for (let at = 0; at < text.length; at++) form.sourceUnits[at] = text.charCodeAt(at);
  else form.source.write(text, "utf16le");
}

/**
 * Writes units of the source, up to a character that is not brief (see `CharacterTable`).
 * @returns where it stopped
 */
export function writeBrief(form: TextForm, from: number, to: number): number {
  reserve(form, to - from);
  const { units, sourceUnits } = form;
  const { brief } = form.table;
  let { length, before, white } = form;
  let alike = alikeTo(before, white);
  let at = from;
  for (; at < to; at++) {
    const entry = brief[sourceUnits[at] as number] as number;
    if (entry >>> BRIEF_SHIFT !== alike) {
      if (entry === 0) break;
      const kind = ((entry >>> BRIEF_SHIFT) - 1) as Kind;
      if (entry >= FIRST_BRIEF_SPECIAL) {
        white = whiteAfter(white, kind);
        alike = alikeTo(before, white);
        continue;
      }
      length = writeGap(units, length, gapBetween(before, white, kind));
      white = White.none;
      before = kind as Before;
      alike = kind + 1;
    }
    units[length++] = entry;
  }
  form.length = length;
  form.before = before;
  form.white = white;
  return at;
}

function writeGap(units: Uint16Array, at: number, gap: number): number {
  const written = GAPS[gap] as Uint16Array;
  for (let i = 0; i < written.length; i++) units[at + i] = written[i] as number;
  return at + written.length;
}

/** What is above the unit of a brief entry for a character before which nothing is to be written. */
export function alikeTo(before: Before, white: White): number {
  return white === White.none && before !== START ? before + 1 : NOTHING;
}

/** Writes characters each of which stands for itself, or which are NFKC already. */
export function writeText(form: TextForm, text: string): void {
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) as number;
    writeCharacter(form, codePoint);
    at += codePoint > 0xffff ? 2 : 1;
  }
}

export function writeCharacter(form: TextForm, codePoint: number): void {
  const entry = entryOf(form.table, codePoint);
  const kind = ((entry >>> KIND_SHIFT) & KIND_MASK) as Kind;
  if (kind === Kind.expands) writeText(form, form.table.expansions.get(codePoint) as string);
  else if (kind > Kind.unspaced) form.white = whiteAfter(form.white, kind);
  else writeVisible(form, entry & CODE_POINT_MASK, kind);
}

function writeVisible(form: TextForm, written: number, kind: Kind): void {
  reserve(form, 2);
  form.length = writeGap(form.units, form.length, gapBetween(form.before, form.white, kind));
  if (written > 0xffff) form.units[form.length++] = 0xd7c0 + (written >> 10);
  form.units[form.length++] = written > 0xffff ? 0xdc00 | (written & 0x3ff) : written;
  form.white = White.none;
  form.before = kind as Before;
}

/** Makes room for so many more units of text. */
function reserve(form: TextForm, length: number): void {
  const needed = form.length + UNITS_PER_UNIT * length + 1;
  if (needed <= form.units.length) return;
  const units = new Uint16Array(Math.max(needed, 2 * form.units.length));
  units.set(form.units.subarray(0, form.length));
  form.units = units;
}
