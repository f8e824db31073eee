import { RE2JS, RE2Set } from "re2js";
import { type Hit, inOrderOfText } from "../hit.ts";
import { MAX_PATTERN_STEPS, MAX_PATTERN_TEXT } from "../limits.ts";
import { SPACING_KINDS } from "../normal-form/character-kind.ts";
import { createCharacterTable } from "../normal-form/character-table.ts";
import { createForm, formText, type TextForm } from "../normal-form/form-writer.ts";
import { type Piece, writePieces } from "../normal-form/pieces.ts";
import { type TextRange, traceUnits } from "../normal-form/trace.ts";

const TABLE = createCharacterTable((character) => character, SPACING_KINDS);

export interface PatternSet {
  /** All patterns at once: tells which of them are in a text, not where. */
  readonly all: RE2Set;
  readonly each: readonly RE2JS[];
  /** UTF-16 units that this set sees of a text. */
  readonly visible: number;
}

export interface PatternScan {
  /** The first place of each pattern, in the order of the text; `term` is its place in the list that was compiled. */
  readonly hits: readonly Hit[];
  /** The text was longer than the patterns may see; they saw its beginning. */
  readonly cut: boolean;
  /** UTF-16 units that they saw. */
  readonly seen: number;
}

export function compilePatterns(patterns: readonly string[]): PatternSet {
  const all = new RE2Set();
  for (const pattern of patterns) all.add(pattern);
  all.compile();
  const each = patterns.map((pattern) => RE2JS.compile(pattern));
  const size = each.reduce((sum, pattern) => sum + pattern.programSize(), 1);
  return { all, each, visible: Math.min(MAX_PATTERN_TEXT, Math.floor(MAX_PATTERN_STEPS / size)) };
}

/**
 * Finds the first place of each pattern. Patterns see a text in NFKC, without its invisible characters and with folded
 * white space (one space between words, none around the text), its case kept. Where a text is cut, `$` holds.
 *
 * @param room units that they may see, where a mail has several texts to share them
 */
export function scanPatterns(set: PatternSet, text: string, room = set.visible): PatternScan {
  if (set.each.length === 0) return { hits: [], cut: false, seen: 0 };
  const form = createForm(TABLE);
  const { seen, pieces } = seenText(form, text, room);
  const visible = seen.slice(0, room);
  const spans = set.all.match(visible).flatMap((term) => {
    const matcher = (set.each[term] as RE2JS).matcher(visible);
    return matcher.find() ? [{ term, start: matcher.start(), end: matcher.end() }] : [];
  });
  const units = new Set(spans.flatMap(({ start, end }) => [start, Math.max(start, end - 1)]));
  const ranges = traceUnits(form, text, pieces, units);
  const hits = spans.map(({ term, start, end }) => {
    // An empty match at the end of the text stands before no character.
    const from = ranges.get(start)?.start ?? text.length;
    return { term, start: from, end: end === start ? from : (ranges.get(end - 1) as TextRange).end };
  });
  return { hits: hits.sort(inOrderOfText), cut: seen.length > room, seen: visible.length };
}

/** The beginning of a text as patterns see it: more than `length` units when there is more. */
function seenText(form: TextForm, text: string, length: number): { seen: string; pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  let seen = "";
  for (const piece of writePieces(form, text)) {
    pieces.push(piece);
    seen += formText(form);
    if (seen.length > length) break;
  }
  return { seen, pieces };
}
