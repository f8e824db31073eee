import { Kind } from "../normal-form/character-kind.ts";
import {
  type CharacterTable,
  CODE_POINT_MASK,
  entryOf,
  KIND_MASK,
  KIND_SHIFT,
} from "../normal-form/character-table.ts";
import { WORD_EDGE } from "../normal-form/white-space.ts";
import { BEGINS, type KeywordAutomaton } from "./keyword-automaton.ts";

/**
 * Tells of a word by its first three letters that no key begins like it, so that all of it can be passed over. Most words of a text are of that kind,
 * and to walk the automaton up to where it says so costs several branches that no processor foresees.
 */
export interface WordStarts {
  /** By unit of text: which of a to z it becomes, from 1, if no key begins with that letter inside of a word; else 0. */
  readonly letters: Uint8Array;
  /** By three letters, see `startOf`: whether a key begins so. */
  readonly taken: Uint8Array;
}

const BITS = 5;
const LETTERS = 26;
const [A, Z] = [0x61, 0x7a];
const ASCII = 0x80;

export function startOf(first: number, second: number, third: number): number {
  return (first << (2 * BITS)) | (second << BITS) | third;
}

export function findWordStarts(
  keys: readonly string[],
  { codes }: KeywordAutomaton,
  table: CharacterTable,
): WordStarts {
  const letters = new Uint8Array(0x10000);
  for (let unit = 0; unit < ASCII; unit++) {
    const entry = entryOf(table, unit);
    const letter = letterOf(entry & CODE_POINT_MASK);
    const isWord = ((entry >>> KIND_SHIFT) & KIND_MASK) === Kind.word;
    if (isWord && letter !== 0 && ((codes[A + letter - 1] as number) & BEGINS) === 0) letters[unit] = letter;
  }
  const taken = new Uint8Array(1 << (3 * BITS));
  for (const key of keys) if (key.charCodeAt(0) === WORD_EDGE) take(taken, key);
  return { letters, taken };
}

/** A key that has ended before its third letter is found whatever comes there; one that goes on with what is no letter, in no word of three letters. */
function take(taken: Uint8Array, key: string): void {
  const [first, second, third] = [1, 2, 3].map((at) => choices(key, at)) as [number[], number[], number[]];
  for (const a of first) for (const b of second) for (const c of third) taken[startOf(a, b, c)] = 1;
}

function choices(key: string, at: number): readonly number[] {
  if (at >= key.length) return ANY;
  const letter = letterOf(key.charCodeAt(at));
  return letter === 0 ? [] : [letter];
}

const ANY: readonly number[] = Array.from({ length: LETTERS }, (_, letter) => letter + 1);

function letterOf(unit: number): number {
  return unit >= A && unit <= Z ? unit - A + 1 : 0;
}
