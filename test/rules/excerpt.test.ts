import fc from "fast-check";
import { expect, test } from "vitest";
import { excerpt, shorten } from "../../shared/rules/excerpt.ts";

const around = (text: string, found: string) => excerpt(text, text.indexOf(found), text.indexOf(found) + found.length);

test.each([
  ["a short text is shown whole", "The outage began at nine.", "outage", "The outage began at nine."],
  [
    "a long one is cut on both sides",
    `${"a".repeat(50)}outage${"b".repeat(50)}`,
    "outage",
    `…${"a".repeat(40)}outage${"b".repeat(40)}…`,
  ],
  ["line breaks become spaces", "one\r\n\ttwo\u2028outage\n\nthree", "outage", "one two outage three"],
  ["a line break inside Japanese text joins", "通信障\r\n 害が\n\n発生", "障", "通信障害が 発生"],
  ["control characters go", "red \u001b[31moutage\u0007\u0000", "outage", "red [31moutage"],
  ["characters that turn the direction go", "\u202egpj.\u2066outage\u2069\u200f", "outage", "gpj.outage"],
  [
    "a pair is not parted",
    `${"😀".repeat(21)}.outage.${"😀".repeat(21)}`,
    "outage",
    `…${"😀".repeat(20)}.outage.${"😀".repeat(19)}…`,
  ],
  ["lone surrogates go", "\ud83doutage\ude00", "outage", "outage"],
])("%s", (_, text, found, expected) => {
  expect(around(text, found)).toBe(expected);
});

test("what is found is cut when it is long: soft hyphens may stand between its letters", () => {
  const text = `out${"\u00ad".repeat(1_000_000)}age`;
  expect(excerpt(text, 0, text.length).length).toBeLessThan(200);
});

test("an excerpt is one short line of whole characters, whatever the text", () => {
  const unit = fc.oneof(
    fc.constantFrom("\n", "\t", "\u202e", "😀", "\ud83d", "\ude00", "障", " ", "\u0000"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 300 }), fc.nat(), fc.nat(), (text, a, b) => {
      const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
      const line = excerpt(text, start, end);
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(line.isWellFormed()).toBe(true);
      expect(line.length).toBeLessThanOrEqual(202);
    }),
  );
});

test.each([
  ["short", 10, "short"],
  ["a\nb", 10, "a b"],
  ["0123456789a", 10, "0123456789…"],
  ["01234567😀", 9, "01234567…"],
])("%j shortened to %d is %j", (text, most, expected) => {
  expect(shorten(text, most)).toBe(expected);
});
