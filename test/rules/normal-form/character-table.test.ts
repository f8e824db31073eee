import { expect, test } from "vitest";
import { foldCase } from "../../../shared/rules/normal-form/case-folding.ts";
import { INVISIBLE, Kind, SPACING_KINDS, WORD_KINDS } from "../../../shared/rules/normal-form/character-kind.ts";
import {
  CODE_POINT_MASK,
  CONTINUES,
  createCharacterTable,
  entryOf,
  KIND_MASK,
  KIND_SHIFT,
} from "../../../shared/rules/normal-form/character-table.ts";

const TABLE = createCharacterTable(foldCase, WORD_KINDS);
const kindOf = (character: string, table = TABLE) =>
  (entryOf(table, character.codePointAt(0) ?? 0) >>> KIND_SHIFT) & KIND_MASK;

/** What the table makes of a character. */
function resultOf(codePoint: number): string {
  const entry = entryOf(TABLE, codePoint);
  const kind = (entry >>> KIND_SHIFT) & KIND_MASK;
  if (kind === Kind.invisible) return "";
  return kind === Kind.expands
    ? (TABLE.expansions.get(codePoint) ?? "")
    : String.fromCodePoint(entry & CODE_POINT_MASK);
}

/** All planes that have characters; in the others nothing is assigned, or all is private. */
const CODE_POINTS = [...Array(0x33000).keys(), ...Array.from({ length: 0x1000 }, (_, i) => 0xe0000 + i)];
const hex = (codePoint: number) => codePoint.toString(16);

test("every code point becomes its NFKC, case folded, or nothing when it is invisible", () => {
  const wrong = CODE_POINTS.filter((codePoint) => {
    const character = String.fromCodePoint(codePoint);
    const expected = Array.from(character.replace(INVISIBLE, "").normalize("NFKC"), foldCase).join("");
    return resultOf(codePoint) !== expected;
  });
  expect(wrong.map(hex)).toEqual([]);
});

test("what a code point becomes stays as it is: expansions hold no character that expands, vanishes or folds again", () => {
  const wrong = CODE_POINTS.filter((codePoint) => {
    const result = resultOf(codePoint);
    return Array.from(result, (character) => resultOf(character.codePointAt(0) ?? 0)).join("") !== result;
  });
  expect(wrong.map(hex)).toEqual([]);
});

test("every character that composes with one before it, or is reordered, continues it", () => {
  const second = new Set<number>();
  for (const codePoint of CODE_POINTS) {
    const character = String.fromCodePoint(codePoint);
    for (const part of Array.from(character.normalize("NFD")).slice(1)) second.add(part.codePointAt(0) ?? 0);
    // U+0345 has the highest combining class of all (240), so that every mark of another class goes before it.
    if (!`\u{345}${character}`.normalize("NFD").startsWith("\u{345}")) second.add(codePoint);
  }
  expect(second.size).toBeGreaterThan(800);
  const invisible = (codePoint: number) => kindOf(String.fromCodePoint(codePoint)) === Kind.invisible;
  const wrong = [...second].filter((codePoint) => !(entryOf(TABLE, codePoint) & CONTINUES) && !invisible(codePoint));
  expect(wrong.map(hex)).toEqual([]);
});

test.each([
  ["other", [".", "-", "@", "+", "€", "😀", "한", "ㄱ", "\ud83d"]],
  ["word", ["a", "É", "я", "λ", "ש", "ا", "5", "٣", "_", "\u0301", "𐐀", "Ａ", "²"]],
  ["unspaced", ["漢", "\u{20000}", "か", "カ", "ｶ", "ー", "、", "「", "々", "〇", "ㄅ", "ก", "\u0e48", "ກ", "ក", "က"]],
  ["space", [" ", "\u00a0", "\u3000", "\u2009", "\u202f"]],
  ["lineFeed", ["\n", "\u0085", "\u2028"]],
  ["carriageReturn", ["\r"]],
  ["separator", ["\t", "\v", "\f", "\u2029"]],
  [
    "invisible",
    [
      "\0",
      "\x1b",
      "\u009f",
      "\u00ad",
      "\u034f",
      "\u061c",
      "\u115f",
      "\u1160",
      "\u200b",
      "\u200d",
      "\u202e",
      "\u2060",
      "\u2066",
      "\u3164",
      "\ufe0f",
      "\ufeff",
      "\uffa0",
      "\ufff9",
      "\u{e0041}",
    ],
  ],
  ["expands", ["ß", "ﬁ", "㌔", "½", "´", "İ", "🄐"]],
] as const)("kind %s: %j", (kind, characters) => {
  expect(characters.map((character) => [character, kindOf(character)])).toEqual(
    characters.map((character) => [character, Kind[kind]]),
  );
});

test("for patterns, letters are like any other character", () => {
  const table = createCharacterTable((character) => character, SPACING_KINDS);
  expect(kindOf("a", table)).toBe(Kind.other);
  expect(kindOf("漢", table)).toBe(Kind.unspaced);
});

test("a page is built when it is first needed", () => {
  const table = createCharacterTable(foldCase, WORD_KINDS);
  entryOf(table, 0x4e00);
  expect(Object.keys(table.pages)).toEqual(["78"]);
});
