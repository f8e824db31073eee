import { continues, INVISIBLE, Kind } from "./character-kind.ts";

// An entry of the table, for one code point as it stands alone: the low 21 bits are the code point it becomes,
// four bits its kind, one bit whether it continues the character before it.
export const CODE_POINT_MASK = 0x1f_ffff;
export const KIND_SHIFT = 21;
export const KIND_MASK = 15;
export const CONTINUES = 1 << 25;

// What most characters of the basic plane become fits into less, which is all that the inner loop of writing looks at:
// the unit written, and one more than its kind. 0 is said of those that have to be looked up: surrogates, characters that
// continue others or become more than a unit, and pages that were not built yet.
export const BRIEF_SHIFT = 16;
/** What is brief and less than this is written as it is. */
export const FIRST_BRIEF_SPECIAL = (Kind.unspaced + 2) << BRIEF_SHIFT;
const LAST_BRIEF = Kind.invisible;

const PAGE_SIZE = 256;
/** Scripts of thousands of characters. Where NFKC and case folding leave all of a page alone, it is filled, not computed. */
const UNIFORM = /^(?:\p{Script=Han}+|[가-힣]+)$/u;

export interface CharacterTable {
  /** A page holds 256 code points. It is built when a text first needs it: all 4,352 would cost every cold start. */
  readonly pages: (Int32Array | undefined)[];
  /** By unit of the basic plane. */
  readonly brief: Int32Array;
  /** What the code points of kind `expands` become. None of their characters expands again. */
  readonly expansions: Map<number, string>;
  readonly changed: (character: string) => string;
  readonly kinds: readonly (readonly [RegExp, Kind])[];
}

/** A table of what `change` makes of each character after NFKC; the first of `kinds` that fits the result is its kind. */
export function createCharacterTable(
  change: (character: string) => string,
  kinds: readonly (readonly [RegExp, Kind])[],
): CharacterTable {
  const changed = (text: string) => Array.from(text.normalize("NFKC"), change).join("");
  return { pages: new Array(0x1100), brief: new Int32Array(0x10000), expansions: new Map(), changed, kinds };
}

export function entryOf(table: CharacterTable, codePoint: number): number {
  return pageOf(table, codePoint)[codePoint % PAGE_SIZE] as number;
}

export function isInvisible(entry: number): boolean {
  return ((entry >>> KIND_SHIFT) & KIND_MASK) === Kind.invisible;
}

/** The page that holds this code point, at `codePoint % 256`. */
function pageOf(table: CharacterTable, codePoint: number): Int32Array {
  return table.pages[codePoint >> 8] ?? buildPage(table, codePoint >> 8);
}

function buildPage(table: CharacterTable, number: number): Int32Array {
  const characters = Array.from({ length: PAGE_SIZE }, (_, i) => String.fromCodePoint(number * PAGE_SIZE + i));
  const text = characters.join("");
  const uniform = UNIFORM.test(text) && table.changed(text) === text;
  const kind = kindOf(table, text);
  const page = Int32Array.from(characters, (character) =>
    uniform ? entry(character, kind) : buildEntry(table, character),
  );
  table.pages[number] = page;
  if (number <= 0xff && !isSurrogate(number << 8)) table.brief.set(page.map(toBrief), number * PAGE_SIZE);
  return page;
}

function toBrief(entry: number): number {
  const kind = (entry >>> KIND_SHIFT) & KIND_MASK;
  const written = entry & CODE_POINT_MASK;
  return entry & CONTINUES || kind > LAST_BRIEF || written > 0xffff ? 0 : written | ((kind + 1) << BRIEF_SHIFT);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

function buildEntry(table: CharacterTable, character: string): number {
  if (character.search(INVISIBLE) === 0) return entry(character, Kind.invisible);
  const result = table.changed(character);
  const link = continues(character) ? CONTINUES : 0;
  if (Array.from(result).length === 1) return entry(result, kindOf(table, result)) | link;
  table.expansions.set(character.codePointAt(0) ?? 0, result);
  return entry(character, Kind.expands) | link;
}

function entry(character: string, kind: Kind): number {
  return (character.codePointAt(0) ?? 0) | (kind << KIND_SHIFT);
}

function kindOf(table: CharacterTable, character: string): Kind {
  return table.kinds.find(([test]) => test.test(character))?.[1] ?? Kind.other;
}
