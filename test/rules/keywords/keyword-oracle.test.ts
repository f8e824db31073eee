import fc from "fast-check";
import { expect, test } from "vitest";
import { compileKeywords, type Keyword, scanKeywords } from "../../../shared/rules/keywords/keyword-index.ts";
import { naiveForm, naiveScan, naiveSegments } from "../../support/naive-search.ts";
import { nastyTextAndWords } from "../../support/nasty-text.ts";

/** Each word in each way of matching. */
function keywordsOf(words: readonly string[]): readonly Keyword[] {
  return words.flatMap((text) => (["word", "prefix", "substring"] as const).map((match) => ({ text, match })));
}

test("the index finds what a naive search finds, at the same places", () => {
  fc.assert(
    fc.property(nastyTextAndWords, ({ text, words }) => {
      const keywords = keywordsOf(words);
      expect(scanKeywords(compileKeywords(keywords), text)).toEqual(naiveScan(keywords, text));
    }),
    { numRuns: 1500 },
  );
});

test("a hit's slice of the text has the keyword in it when it is brought into search form, and whole characters only", () => {
  fc.assert(
    fc.property(nastyTextAndWords, ({ text, words }) => {
      const keywords = keywordsOf(words);
      const segments = naiveSegments(text);
      for (const { term, start, end } of scanKeywords(compileKeywords(keywords), text)) {
        expect(naiveForm(text.slice(start, end))).toContain(naiveForm(keywords[term]?.text ?? ""));
        expect(segments.map((segment) => segment.start)).toContain(start);
        expect(segments.map((segment) => segment.visibleEnd)).toContain(end);
      }
    }),
    { numRuns: 1000 },
  );
});

test("hits are the same wherever the text is cut into pieces", () => {
  fc.assert(
    fc.property(nastyTextAndWords, fc.integer({ min: 4000, max: 4100 }), ({ text, words }, before) => {
      const index = compileKeywords(keywordsOf(words));
      const shifted = scanKeywords(index, `${"|".repeat(before)}${text}`);
      const moved = shifted.map((hit) => ({ ...hit, start: hit.start - before + 1, end: hit.end - before + 1 }));
      expect(moved).toEqual(scanKeywords(index, `|${text}`));
    }),
    { numRuns: 200 },
  );
});
