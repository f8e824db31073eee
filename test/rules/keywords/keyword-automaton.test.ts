import fc from "fast-check";
import { expect, test } from "vitest";
import { findKeys, startScan } from "../../../shared/rules/keywords/find-keys.ts";
import { buildAutomaton } from "../../../shared/rules/keywords/keyword-automaton.ts";

function unitsOf(text: string): { units: Uint16Array; length: number } {
  return { units: Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)), length: text.length };
}

/** The first occurrence of each key, as `key@last unit`. */
function find(keys: readonly string[], texts: readonly string[]): readonly string[] {
  const sorted = [...new Set(keys)].sort();
  const automaton = buildAutomaton(sorted);
  const scan = startScan();
  let offset = 0;
  for (const text of texts) {
    findKeys(automaton, scan, unitsOf(text), offset);
    offset += text.length;
  }
  return scan.finds.map(({ key, last }) => `${sorted[key]}@${last}`).sort();
}

function findNaively(keys: readonly string[], text: string): readonly string[] {
  return [...new Set(keys)]
    .filter((key) => text.includes(key))
    .map((key) => `${key}@${text.indexOf(key) + key.length - 1}`)
    .sort();
}

test.each([
  [["he", "she", "his", "hers"], "ushers", ["he@3", "hers@5", "she@3"]],
  [["a", "aa", "aaa"], "aaaa", ["a@0", "aa@1", "aaa@2"]],
  [["abcd", "bc", "c", "xc"], "abcxc", ["bc@2", "c@2", "xc@4"]],
  [["ab", "abc", "b"], "ab", ["ab@1", "b@1"]],
  [["\u{1f600}"], "\ud83d\u{1f600}", ["\u{1f600}@2"]],
  [["\uffff", "\u0001"], "\uffff\u0001", ["\u0001@1", "\uffff@0"]],
  [["a"], "", []],
  [[], "abc", []],
])("of %j, %j has %j", (keys, text, found) => {
  expect(find(keys, [text])).toEqual(found);
});

const word = (letters: string, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength }).map((units) => units.join(""));

test.each(["ab", "abcdefgh", "aあ障\u{20000}\uffff"])("finds what indexOf finds, in texts of %j", (letters) => {
  fc.assert(
    fc.property(
      fc.array(word(letters, 6), { maxLength: 60 }),
      fc.array(word(letters, 80), { maxLength: 3 }),
      (keys, texts) => {
        expect(find(keys, texts)).toEqual(findNaively(keys, texts.join("")));
      },
    ),
    { numRuns: 500 },
  );
});

test("thousands of keys over a large alphabet are all found", () => {
  const keys = Array.from({ length: 6000 }, (_, i) =>
    String.fromCharCode(0x4e00 + ((i * 7919) % 20_000), 0x4e00 + ((i * 104_729) % 20_000), 0x61 + (i % 26)),
  );
  const text = keys.join("");
  expect(find(keys, [text])).toEqual(findNaively(keys, text));
});

test("thousands of keys that are suffixes of each other are all found once, in a text of nothing else", () => {
  // Walked anew at each unit of the text, these would take 6,000,000,000 steps.
  const keys = Array.from({ length: 3_000 }, (_, i) => "a".repeat(i + 1));
  expect(find(keys, ["a".repeat(2_000_000)])).toEqual(keys.map((key) => `${key}@${key.length - 1}`).sort());
});
