import { UNSPACED } from "../../text/unspaced.ts";

/** What a character does in a search; the numbers are stored in `CharacterTable`. */
export const Kind = {
  /** Punctuation, symbols, and Hangul: Korean is written with spaces, but endings grow on its words, so they have no edges. */
  other: 0,
  /** A letter, digit, mark or underscore of a script that puts spaces between words. */
  word: 1,
  /** Of a script without spaces between words: a line may break anywhere in it. */
  unspaced: 2,
  space: 3,
  lineFeed: 4,
  carriageReturn: 5,
  /** White space that separates whatever stands around it: a tab, a page, a paragraph. */
  separator: 6,
  invisible: 7,
  /** Becomes several characters, which the table keeps beside its pages. */
  expands: 8,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

type KindTests = readonly (readonly [RegExp, Kind])[];

/**
 * What a person does not see: soft hyphens, zero-width and direction characters, variation selectors, Hangul fillers,
 * tags, control characters. They are the cheapest way to hide a word from a filter.
 */
export const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]--[\t-\r\u{85}]]/gv;

/** For patterns: what folds white space. The first test that holds names the kind. */
export const SPACING_KINDS: KindTests = [
  [/\r/u, Kind.carriageReturn],
  [/[\n\u{85}\u{2028}]/u, Kind.lineFeed],
  [/[\t\v\f\u{2029}]/u, Kind.separator],
  [/\p{White_Space}/u, Kind.space],
  [UNSPACED, Kind.unspaced],
];

/** For keywords: the words' edges too. */
export const WORD_KINDS: KindTests = [
  ...SPACING_KINDS,
  [/\p{scx=Hangul}/u, Kind.other],
  [/[\p{L}\p{N}\p{M}_]/u, Kind.word],
];

/**
 * Whether a character may melt with the one before it, or trade places with it, under NFKC: its decomposition begins
 * with a mark, a Hangul vowel or final consonant, or the one letter that composes otherwise (Kirat Rai E, U+16D67).
 * A text cut before any other character is normalised piece by piece as it is as a whole.
 */
export function continues(character: string): boolean {
  return /^[\p{M}\u{1160}-\u{11FF}\u{16D67}]/u.test(character.normalize("NFKD"));
}
