import { Kind } from "../normal-form/character-kind.ts";
import { BRIEF_SHIFT, type CharacterTable, FIRST_BRIEF_SPECIAL } from "../normal-form/character-table.ts";
import { alikeTo, type TextForm } from "../normal-form/form-writer.ts";
import { type Piece, readPieces } from "../normal-form/pieces.ts";
import { briefEnd, writeStretch } from "../normal-form/stretches.ts";
import { type Before, GAPS, gapBetween, White, WORD_EDGE, whiteAfter } from "../normal-form/white-space.ts";
import { OUTPUT, ROOT } from "./double-array.ts";
import { findKeys, keepOutputs, type Scan, stepBy } from "./find-keys.ts";
import { BEGINS, type KeywordAutomaton, step } from "./keyword-automaton.ts";
import { findWordStarts, startOf, type WordStarts } from "./word-starts.ts";

const UNIT_MASK = 0xffff;
const GAP_FORMS = GAPS.map((units) => ({ units, length: units.length }));
const GAP_LENGTHS = Uint8Array.from(GAPS, ({ length }) => length);
const LAST_EDGE = { units: Uint16Array.of(WORD_EDGE), length: 1 };

/** An automaton whose keys all have more than edges and spaces. */
export interface TextAutomaton extends KeywordAutomaton {
  /** By gap: the node behind it for who comes from the root. */
  readonly gapNodes: Int32Array;
  /** Where all keys go that begin with the edge of a word. */
  readonly edgeNode: number;
  readonly wordStarts: WordStarts;
}

/** @param keys those of the automaton */
export function toTextAutomaton(
  automaton: KeywordAutomaton,
  keys: readonly string[],
  table: CharacterTable,
): TextAutomaton {
  const across = (gap: Uint16Array) => gap.reduce((node, unit) => stepBy(automaton, node, unit), ROOT as number);
  return {
    ...automaton,
    gapNodes: Int32Array.from(GAPS, across),
    edgeNode: across(LAST_EDGE.units),
    wordStarts: findWordStarts(keys, automaton, table),
  };
}

/** Units of text between two places from which a find can be traced. */
const CHUNK = 256;

/**
 * Runs the automaton over a text in search form, which is written only where characters become more, or other, than a unit
 * each. Of most words the first letters tell that no key begins so, and the others are passed over.
 *
 * @returns small pieces of the text, from which to trace what was found
 */
export function scanText(automaton: TextAutomaton, scan: Scan, form: TextForm, text: string): readonly Piece[] {
  const chunks: Piece[] = [];
  let behind = 0;
  for (const piece of readPieces(form, text, (each) => scanPiece(automaton, scan, form, text, each, chunks)))
    behind = piece.form + form.length;
  if (form.before === Kind.word) findKeys(automaton, scan, LAST_EDGE, behind);
  return chunks;
}

function scanPiece(
  automaton: TextAutomaton,
  scan: Scan,
  form: TextForm,
  text: string,
  piece: Piece,
  chunks: Piece[],
): void {
  let brief = briefEnd(form, piece, piece.from);
  for (let from = piece.from, to = from; from < piece.to; from = to) {
    const { length, before, white } = form;
    if (from < brief) {
      to = Math.min(from + CHUNK, brief);
      scanBrief(automaton, scan, form, { from: from - piece.from, to: to - piece.from, offset: piece.form });
    } else {
      to = writeStretch(form, text, piece, from);
      findKeys(automaton, scan, form, piece.form, length);
      brief = briefEnd(form, piece, to);
    }
    chunks.push({ from, to, form: piece.form + length, before, white });
  }
}

/** The inner loop: does what `writeBrief` and `findKeys` do one after the other. */
function scanBrief(
  automaton: TextAutomaton,
  scan: Scan,
  form: TextForm,
  { from, to, offset }: { readonly from: number; readonly to: number; readonly offset: number },
): void {
  const { codes, cells, gapNodes, edgeNode, wordStarts } = automaton;
  const { sourceUnits } = form;
  const { brief } = form.table;
  let { length, before, white } = form;
  let { node } = scan;
  let alike = alikeTo(before, white);
  for (let at = from; at < to; at++) {
    const entry = brief[sourceUnits[at] as number] as number;
    if (entry >>> BRIEF_SHIFT !== alike) {
      const kind = ((entry >>> BRIEF_SHIFT) - 1) as Kind;
      if (entry >= FIRST_BRIEF_SPECIAL) {
        white = whiteAfter(white, kind);
        alike = alikeTo(before, white);
        continue;
      }
      const gap = gapBetween(before, white, kind);
      white = White.none;
      before = kind as Before;
      alike = kind + 1;
      if (gap !== 0) {
        node = node === ROOT ? (gapNodes[gap] as number) : crossGap(automaton, scan, node, gap, offset + length);
        length += GAP_LENGTHS[gap] as number;
        const end = node === edgeNode ? passedWordEnd(wordStarts, sourceUnits, at, to) : at;
        if (end > at) {
          node = ROOT;
          length += end - at;
          at = end - 1;
          continue;
        }
      }
    }
    const code = codes[entry & UNIT_MASK] as number;
    if (node !== ROOT || code & BEGINS) {
      node = code === 0 ? ROOT : step(cells, node, code & ~BEGINS);
      const output = cells[node + OUTPUT] as number;
      if (output !== 0) keepOutputs(automaton, scan, output, offset + length);
    }
    length++;
  }
  form.length = length;
  form.before = before;
  form.white = white;
  scan.node = node;
}

/** Where the letters end of a word that no key begins like; where it begins, if one may. */
function passedWordEnd({ letters, taken }: WordStarts, units: Uint16Array, from: number, to: number): number {
  if (from + 3 > to) return from;
  const first = letters[units[from] as number] as number;
  const second = letters[units[from + 1] as number] as number;
  const third = letters[units[from + 2] as number] as number;
  if (first === 0 || second === 0 || third === 0 || taken[startOf(first, second, third)] !== 0) return from;
  let end = from + 3;
  while (end < to && letters[units[end] as number] !== 0) end++;
  return end;
}

function crossGap(automaton: KeywordAutomaton, scan: Scan, from: number, gap: number, offset: number): number {
  scan.node = from;
  findKeys(automaton, scan, GAP_FORMS[gap] as (typeof GAP_FORMS)[number], offset);
  return scan.node;
}
