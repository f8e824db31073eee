import { LOOK_ALIKE_CHARACTERS } from "./keywords/keyword-form.ts";
import { compileKeywords, type Keyword, type KeywordIndex } from "./keywords/keyword-index.ts";
import { readKeyword } from "./keywords/keyword-spelling.ts";
import { compilePatterns, type PatternSet } from "./patterns/pattern-set.ts";
import type { TextField } from "./vocabulary.ts";

/** All that the rules of a file search for, so that each text of a mail is read once. */
export interface SearchTerms {
  readonly keywords: KeywordIndex;
  /** Those that are searched for among look-alikes besides, when a rule asks for it. */
  readonly lookAlikes: LookAlikes | undefined;
  /** By the number of a keyword: as the rules file spells it. */
  readonly spelled: readonly string[];
  /** By the number of a keyword: the lists that it stands in. */
  readonly listsOf: readonly (readonly number[])[];
  /** The patterns that search a field, with their numbers: a pattern costs time, so no other field is read with it. */
  readonly patternsOf: ReadonlyMap<TextField, FieldPatterns>;
}

interface LookAlikes {
  readonly index: KeywordIndex;
  /** By place in the index: the number of the keyword. */
  readonly numbers: readonly number[];
}

export interface FieldPatterns {
  readonly set: PatternSet;
  /** By place in the set. */
  readonly patterns: readonly NumberedPattern[];
}

interface NumberedPattern {
  readonly number: number;
  readonly pattern: string;
}

/** How a list of keywords is searched for, as the rules file says it. */
export interface KeywordWay {
  readonly substring: boolean;
  readonly lookAlikes: boolean;
}

/** Takes the terms of all rules, one list or pattern after the other. */
export interface TermCollector {
  /** Takes a list of keywords; returns the number of the list, and how many different keywords it has. */
  addKeywords(spelled: readonly string[], way: KeywordWay): { readonly list: number; readonly count: number };
  /** Takes a pattern; returns its number. */
  addPattern(pattern: string, fields: readonly TextField[]): number;
  finish(): SearchTerms;
}

export function createTermCollector(): TermCollector {
  const keywords: Keyword[] = [];
  const spelled: string[] = [];
  const listsOf: number[][] = [];
  const lookAlikes: number[] = [];
  const numbers = new Map<string, number>();
  const patternsOf = new Map<TextField, NumberedPattern[]>();
  let lists = 0;
  let patterns = 0;

  function keywordNumber(word: string, way: KeywordWay): number {
    const identity = `${way.substring ? "substring" : "word"}:${way.lookAlikes ? "alike" : "exact"}:${word}`;
    const known = numbers.get(identity);
    if (known !== undefined) return known;
    const number = keywords.push(readKeyword(word, way.substring)) - 1;
    numbers.set(identity, number);
    spelled.push(word);
    listsOf.push([]);
    if (way.lookAlikes) lookAlikes.push(number);
    return number;
  }

  return {
    addKeywords(words, way) {
      const list = lists++;
      const distinct = new Set(words.map((word) => keywordNumber(word, way)));
      for (const number of distinct) listsOf[number]?.push(list);
      return { list, count: distinct.size };
    },
    addPattern(pattern, fields) {
      const number = patterns++;
      for (const field of new Set(fields)) {
        const ofField = patternsOf.get(field);
        if (ofField) ofField.push({ number, pattern });
        else patternsOf.set(field, [{ number, pattern }]);
      }
      return number;
    },
    finish: () => ({
      keywords: compileKeywords(keywords),
      lookAlikes: compileLookAlikes(keywords, lookAlikes),
      spelled,
      listsOf,
      patternsOf: compileByField(patternsOf),
    }),
  };
}

function compileLookAlikes(keywords: readonly Keyword[], numbers: readonly number[]): LookAlikes | undefined {
  if (numbers.length === 0) return undefined;
  const alike = numbers.flatMap((number) => keywords[number] ?? []);
  return { index: compileKeywords(alike, LOOK_ALIKE_CHARACTERS), numbers };
}

/** One set for each field; fields that are searched with the same patterns share it. */
function compileByField(patternsOf: ReadonlyMap<TextField, readonly NumberedPattern[]>): SearchTerms["patternsOf"] {
  const compiled = new Map<string, FieldPatterns>();
  const ofField = new Map<TextField, FieldPatterns>();
  for (const [field, patterns] of patternsOf) {
    const numbers = patterns.map(({ number }) => number).join();
    const known = compiled.get(numbers) ?? { patterns, set: compilePatterns(patterns.map(({ pattern }) => pattern)) };
    compiled.set(numbers, known);
    ofField.set(field, known);
  }
  return ofField;
}
