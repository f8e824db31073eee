import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_PATTERN_LENGTH, MAX_PATTERN_SIZE } from "../../../shared/rules/limits.ts";
import { patternError } from "../../../shared/rules/patterns/pattern-error.ts";
import { compilePatterns, scanPatterns } from "../../../shared/rules/patterns/pattern-set.ts";

test.each([
  "INV-\\d{6}",
  "(?i)urgent|asap",
  "\\p{Han}+",
  "[ぁ-ん]{2,}",
  "(?P<year>\\d{4})/(?P<month>\\d\\d)",
  "(?<year>\\d{4})",
  ".{0,900}",
  "\\x{3042}",
])("%s is a pattern", (pattern) => {
  expect(patternError(pattern)).toBeUndefined();
});

test.each([
  [
    "(?=a)",
    'not a pattern in RE2\'s syntax: invalid or unsupported Perl syntax in "(?=" (RE2 has no look-around, no atomic groups and no comments)',
  ],
  [
    "(?!a)",
    'not a pattern in RE2\'s syntax: invalid or unsupported Perl syntax in "(?!" (RE2 has no look-around, no atomic groups and no comments)',
  ],
  [
    "(?<=a)b",
    'not a pattern in RE2\'s syntax: invalid named capture in "(?<=a)b" (RE2 has no look-behind; a named group is written (?P<name>…))',
  ],
  [
    "(a)\\1",
    'not a pattern in RE2\'s syntax: invalid escape sequence in "\\1" (RE2 has no backreferences; a character can be written by its number: \\x{3042})',
  ],
  [
    "(a{1000}){1000}",
    'not a pattern in RE2\'s syntax: invalid repeat count in "{1000}" (a repetition counts to 1000 at most, times the counts of those inside it)',
  ],
  [
    "a++",
    'not a pattern in RE2\'s syntax: invalid nested repetition operator in "++" (RE2 has no possessive repetition; to repeat a repetition, put it in (?:…))',
  ],
  ["[a", 'not a pattern in RE2\'s syntax: missing closing ] in "[a"'],
  [`(${"a".repeat(100)}`, `not a pattern in RE2's syntax: missing closing ) in "(${"a".repeat(39)}…"`],
  ["a\\", "not a pattern in RE2's syntax: trailing backslash at end of expression"],
  ["(".repeat(1000), `not a pattern in RE2's syntax: missing closing ) in "${"(".repeat(40)}…"`],
  ["a)\n\u001b[2J(", `not a pattern in RE2's syntax: unexpected ) in "a) [2J("`],
  [
    "x{1000}".repeat(3),
    `the pattern is too large: with its repetitions written out it has 3002 steps, of ${MAX_PATTERN_SIZE} allowed`,
  ],
  [
    "a".repeat(MAX_PATTERN_LENGTH + 1),
    `the pattern is too long: expected at most ${MAX_PATTERN_LENGTH} characters, got ${MAX_PATTERN_LENGTH + 1}`,
  ],
])("%s is refused in words", (pattern, error) => {
  expect(patternError(pattern)).toBe(error);
});

test("whatever is written as a pattern is refused in words or can be compiled", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab(){}[]|*+?.\\^$,1-9:<=!PpLid"), maxLength: 12 }), (pattern) => {
      if (patternError(pattern) === undefined)
        expect(() => scanPatterns(compilePatterns([pattern]), "ab")).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
