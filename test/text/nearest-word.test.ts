import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestWord } from "../../shared/text/nearest-word.ts";

describe("the nearest word", () => {
  test.each([
    ["keyword", "keywords"],
    ["KEYWORDS", "keywords"],
    ["kewyords", "keywords"],
    ["keywrods", "keywords"],
    ["form", "from"],
    ["fromm", "from"],
    ["al", "all"],
    ["xyz", undefined],
    ["", undefined],
    ["keywords and much more", undefined],
  ])("to %j is %j", (word, nearest) => {
    expect(nearestWord(word, ["keywords", "matches", "from", "all"])).toBe(nearest);
  });

  test("to a known word is itself, and to a word with one mistake the known one", () => {
    const known = ["keywords", "matches", "recipient", "attachments"];
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(7), (word, at) => {
        expect(nearestWord(word, known)).toBe(word);
        expect(nearestWord(word.slice(0, at) + word.slice(at + 1), known)).toBe(word);
        expect(nearestWord(`${word.slice(0, at)}x${word.slice(at)}`, known)).toBe(word);
      }),
    );
  });
});
