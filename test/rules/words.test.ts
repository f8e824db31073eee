import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseByteSize } from "../../shared/rules/byte-size.ts";
import { nearestWord } from "../../shared/rules/nearest-word.ts";

describe("a size", () => {
  test.each([
    [0, 0],
    [2048, 2048],
    ["2048", 2048],
    ["10B", 10],
    ["1KB", 1024],
    ["1 kb", 1024],
    ["1.5MB", 1_572_864],
    ["40MB", 41_943_040],
    ["", undefined],
    ["MB", undefined],
    ["-1KB", undefined],
    ["1GB", undefined],
    ["1,5MB", undefined],
    ["1e3", undefined],
    ["1  KB", undefined],
  ])("%j is %j bytes", (size, bytes) => {
    expect(parseByteSize(size)).toBe(bytes);
  });
});

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
