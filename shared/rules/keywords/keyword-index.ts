import { type Hit, inOrderOfText } from "../hit.ts";
import type { CharacterTable } from "../normal-form/character-table.ts";
import type { TextForm } from "../normal-form/form-writer.ts";
import type { Piece } from "../normal-form/pieces.ts";
import { type TextRange, traceUnits } from "../normal-form/trace.ts";
import { type Find, startScan } from "./find-keys.ts";
import { buildAutomaton } from "./keyword-automaton.ts";
import { CHARACTERS, createSearchForm, EDGE, searchKey } from "./keyword-form.ts";
import { scanText, type TextAutomaton, toTextAutomaton } from "./scan-text.ts";

/**
 * Words to look for; case, width and invisible characters do not matter (see `createSearchForm`).
 * `word`: no letter, digit or mark of the same kind of script goes on at either side. `prefix`: not at the left.
 * A side that ends in punctuation, or in a script without spaces, goes on as it likes.
 */
export interface Keyword {
  readonly text: string;
  readonly match: "word" | "prefix" | "substring";
}

export interface KeywordIndex {
  /** In which texts are brought into search form, one after another. */
  readonly form: TextForm;
  readonly automaton: TextAutomaton;
  /** By key: its length in search form. */
  readonly lengths: Int32Array;
  /** By key: 1 when it ends with the edge of a word, which is no part of what was found. */
  readonly edges: Uint8Array;
  /** By key: the first keyword that it stands for. */
  readonly first: Int32Array;
  /** By keyword: the next one of the same key, or NONE. */
  readonly next: Int32Array;
}

const NONE = -1;

const EDGES_ASKED = {
  word: { left: true, right: true },
  prefix: { left: true, right: false },
  substring: { left: false, right: false },
} as const;

/**
 * Prepares a list of keywords for `scanKeywords`. Duplicates are welcome; what is not `isSearchable` is never found.
 * @param characters which characters are the same
 */
export function compileKeywords(keywords: readonly Keyword[], characters: CharacterTable = CHARACTERS): KeywordIndex {
  const form = createSearchForm(characters);
  const firstOf = new Map<string, number>();
  const next = new Int32Array(keywords.length).fill(NONE);
  for (let i = keywords.length - 1; i >= 0; i--) {
    const { text, match } = keywords[i] as Keyword;
    const key = searchKey(form, text, EDGES_ASKED[match]);
    next[i] = firstOf.get(key) ?? NONE;
    if (key !== "") firstOf.set(key, i);
  }
  const keys = [...firstOf.keys()];
  return {
    form,
    automaton: toTextAutomaton(buildAutomaton(keys), keys, characters),
    lengths: new Int32Array(keys.map((key) => key.length)),
    edges: new Uint8Array(keys.map((key) => (key.endsWith(EDGE) ? 1 : 0))),
    first: new Int32Array(firstOf.values()),
    next,
  };
}

/**
 * Finds the first place of each keyword in a text, in one pass.
 *
 * @returns in the order of the text; `term` is the keyword's place in the list that was compiled
 */
export function scanKeywords(index: KeywordIndex, text: string): readonly Hit[] {
  if (index.lengths.length === 0) return [];
  const scan = startScan();
  const chunks = scanText(index.automaton, scan, index.form, text);
  return scan.finds.length === 0 ? [] : placesOf(index, scan.finds, text, chunks).sort(inOrderOfText);
}

function placesOf(index: KeywordIndex, finds: readonly Find[], text: string, chunks: readonly Piece[]): Hit[] {
  // A key that begins with the edge of a word is traced by that: it was written together with the character behind it.
  const firstOf = ({ key, last }: Find) => last + 1 - (index.lengths[key] as number);
  const lastOf = ({ key, last }: Find) => last - (index.edges[key] as number);
  const units = new Set<number>();
  for (const find of finds) units.add(firstOf(find)).add(lastOf(find));
  const ranges = traceUnits(index.form, text, chunks, units);
  const hits: Hit[] = [];
  for (const find of finds) {
    const { start } = ranges.get(firstOf(find)) as TextRange;
    const { end } = ranges.get(lastOf(find)) as TextRange;
    for (let term = index.first[find.key] as number; term !== NONE; term = index.next[term] as number)
      hits.push({ term, start, end });
  }
  return hits;
}
