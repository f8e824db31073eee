import { expect, test } from "vitest";
import { foldCase } from "../../../shared/rules/normal-form/case-folding.ts";

const LETTERS = Array.from({ length: 0x20000 }, (_, i) => String.fromCodePoint(i)).filter((c) =>
  /[\p{L}\p{M}\p{N}\p{S}]/u.test(c),
);

test.each([
  ["A", "a"],
  ["ß", "ss"],
  ["ẞ", "ss"],
  ["Σ", "σ"],
  ["ς", "σ"],
  ["İ", "i\u0307"],
  ["ı", "ı"],
  ["ſ", "s"],
  ["ΐ", "ι\u0308\u0301"],
  ["ᾳ", "αι"],
  ["և", "եւ"],
  ["Я", "я"],
  ["𐐀", "𐐨"],
  ["か", "か"],
])("%s folds to %s", (character, folded) => {
  expect(foldCase(character)).toBe(folded);
});

test("a folded character does not fold again", () => {
  expect(LETTERS.filter((c) => Array.from(foldCase(c), foldCase).join("") !== foldCase(c))).toEqual([]);
});

test("characters that differ in case only, as the regular expressions of the language know it, fold alike", () => {
  const wrong = LETTERS.filter((c) => {
    const others = [c.toLowerCase(), c.toUpperCase()].filter((other) => other !== c && Array.from(other).length === 1);
    return others.some((other) => new RegExp(`^${other}$`, "iu").test(c) !== (foldCase(other) === foldCase(c)));
  });
  expect(wrong).toEqual([]);
});
