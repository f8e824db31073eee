import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_PATTERN_TEXT } from "../../../shared/rules/limits.ts";
import { compilePatterns, scanPatterns } from "../../../shared/rules/patterns/pattern-set.ts";
import { naiveSegments } from "../../support/naive-search.ts";
import { nastyText } from "../../support/nasty-text.ts";

/** What was found, as slices of the text. */
function find(patterns: readonly string[], text: string): readonly string[] {
  return scanPatterns(compilePatterns(patterns), text).hits.map(({ start, end }) => text.slice(start, end));
}

test.each([
  ["INV-\\d{6}", "see INV-123456 and INV-654321", ["INV-123456"]],
  ["INV-\\d{6}", "inv-123456", []],
  ["(?i)INV-\\d{6}", "inv-123456", ["inv-123456"]],
  ["INV-\\d{6}", "ＩＮＶ－１２３４５６", ["ＩＮＶ－１２３４５６"]],
  ["INV-\\d{6}", "INV\u00ad-12\u200b3456\u200b", ["INV\u00ad-12\u200b3456"]],
  ["\\bdown\\b", "service down!", ["down"]],
  ["service down", "service\r\n\t down", ["service\r\n\t down"]],
  ["障害\\d", "大障\n害１", ["障\n害１"]],
  ["ガス", "ｶﾞｽ", ["ｶﾞｽ"]],
  ["f", "ﬀ", ["ﬀ"]],
  ["ß", "STRAßE", ["ß"]],
  ["ss", "ß", []],
  ["\\x{1F600}.", "😀\u{1f601}!", ["😀\u{1f601}"]],
  ["^Re:", "Re: x", ["Re:"]],
  ["^x$", " x\n", ["x"]],
  ["^$", "", [""]],
  ["^$", "  ", [""]],
  ["^$", "x", []],
  ["a*", "baa", [""]],
])("%s in %j: %j", (pattern, text, found) => {
  expect(find([pattern], text)).toEqual(found);
});

test("of each pattern the first place is told, in the order of the text", () => {
  expect(scanPatterns(compilePatterns(["b+", "\\d+", "x", "$", "a|b"]), "a bb 12 bbb").hits).toEqual([
    { term: 4, start: 0, end: 1 },
    { term: 0, start: 2, end: 4 },
    { term: 1, start: 5, end: 7 },
    { term: 3, start: 11, end: 11 },
  ]);
});

test("a set without patterns finds nothing", () => {
  expect(scanPatterns(compilePatterns([]), "text")).toEqual({ hits: [], cut: false, seen: 0 });
});

test("a hit is made of whole characters", () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const set = compilePatterns(["\\p{M}", "[^a]", "\\p{Han}.", "(?i)a.b", "\\s\\S", "f$"]);
      const segments = naiveSegments(text);
      for (const { start, end } of scanPatterns(set, text).hits) {
        expect(segments.map((segment) => segment.start)).toContain(start);
        expect(segments.map((segment) => segment.visibleEnd)).toContain(end);
      }
    }),
  );
});

test.each([
  [MAX_PATTERN_TEXT - 3, true, false],
  [MAX_PATTERN_TEXT - 2, false, true],
  [MAX_PATTERN_TEXT + 50_000, false, true],
])("with %d characters before it, a pattern is found: %s, the text is cut: %s", (before, found, cut) => {
  const scan = scanPatterns(compilePatterns(["end"]), `${"-".repeat(before)}end`);
  expect(scan.hits).toEqual(found ? [{ term: 0, start: before, end: before + 3 }] : []);
  expect(scan.cut).toBe(cut);
});

test("what nobody sees does not count against the length that patterns see", () => {
  const scan = scanPatterns(compilePatterns(["end"]), `${" \u200b\n".repeat(MAX_PATTERN_TEXT)}end   `);
  expect(scan).toEqual({
    hits: [{ term: 0, start: 3 * MAX_PATTERN_TEXT, end: 3 * MAX_PATTERN_TEXT + 3 }],
    cut: false,
    seen: 3,
  });
});

test("large sets see less of a text, so that the worst text costs them no more than it costs a small one", () => {
  const small = compilePatterns(["a"]);
  const large = compilePatterns(Array.from({ length: 50 }, (_, i) => `[ab]*a[ab]{${i + 50}}c`));
  expect(small.visible).toBe(MAX_PATTERN_TEXT);
  expect(large.visible).toBeLessThan(MAX_PATTERN_TEXT / 4);
  expect(scanPatterns(large, `${"ab".repeat(MAX_PATTERN_TEXT / 8)}`)).toMatchObject({ hits: [], cut: true });
});

test("a text that keeps a pattern from every shortcut is searched to its limit", () => {
  const set = compilePatterns(["[ab]*a[ab]{90}c"]);
  const text = `${"abbab".repeat(4_000)}a${"b".repeat(90)}c`;
  expect(scanPatterns(set, text).hits).toEqual([{ term: 0, start: 0, end: text.length }]);
});
