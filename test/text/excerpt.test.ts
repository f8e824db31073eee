import fc from "fast-check";
import { expect, test } from "vitest";
import { type Excerpt, excerpt, shorten } from "../../shared/text/excerpt.ts";

const around = (text: string, found: string) => excerpt(text, text.indexOf(found), text.indexOf(found) + found.length);

/** An excerpt with what was found in brackets. */
function marked({ text, start, end }: Excerpt): string {
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

test.each([
  ["a short text is shown whole", "The outage began at nine.", "outage", "The [outage] began at nine."],
  [
    "a long one is cut on both sides",
    `${"a".repeat(50)}outage${"b".repeat(50)}`,
    "outage",
    `…${"a".repeat(40)}[outage]${"b".repeat(40)}…`,
  ],
  ["line breaks become spaces", "one\r\n\ttwo\u2028outage\n\nthree", "outage", "one two [outage] three"],
  ["a line break inside Japanese text joins", "通信障\r\n 害が\n\n発生", "障", "通信[障]害が 発生"],
  ["white space with control characters in it is one space", "out\n\u0000 \u0000 outage", "outage", "out [outage]"],
  ["control characters go", "red \u001b[31moutage\u0007\u0000", "outage", "red [31m[outage]"],
  ["characters that turn the direction go", "\u202egpj.\u2066outage\u2069\u200f", "outage", "gpj.[outage]"],
  [
    "a pair is not parted",
    `${"😀".repeat(21)}.outage.${"😀".repeat(21)}`,
    "outage",
    `…${"😀".repeat(20)}.[outage].${"😀".repeat(19)}…`,
  ],
  ["lone surrogates go", "\ud83doutage\ude00", "outage", "[outage]"],
  ["a line break inside what was found joins too", "ระบบล่\nม แล้ว", "ล่\nม", "ระบบ[ล่ม] แล้ว"],
  [
    "so does one between characters of two units",
    "a \u{20000}\n\u{20001}",
    "\u{20000}\n\u{20001}",
    "a [\u{20000}\u{20001}]",
  ],
  ["what goes before it moves it", "\u202e \r\n\u0007 a\t\t\u0000b outage", "outage", "a b [outage]"],
  ["white space that was found is one space", "a \t b", "\t", "a[ ]b"],
  ["white space at the end of the text is not shown", "a b \n", " \n", "a b[]"],
  ["nothing was found in a place of its own", "ab", "", "[]ab"],
])("%s", (_, text, found, expected) => {
  expect(marked(around(text, found))).toBe(expected);
});

test("what is found is cut when it is long: soft hyphens may stand between its letters", () => {
  const text = `out${"\u00ad".repeat(1_000_000)}age`;
  expect(excerpt(text, 0, text.length).text.length).toBeLessThan(200);
  expect(marked(excerpt(`${"a ".repeat(100)}and more`, 0, 200))).toBe(`[${"a ".repeat(79)}a]…`);
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\n", "\t", "\u202e", "😀", "\ud83d", "\ude00", "障", " ", "\u0000", "\u{20000}"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 300,
});

test("an excerpt is one short line of whole characters, whatever the text", () => {
  fc.assert(
    fc.property(hostile, fc.nat(), fc.nat(), (text, a, b) => {
      const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
      const line = excerpt(text, start, end).text;
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(line.isWellFormed()).toBe(true);
      expect(line.length).toBeLessThanOrEqual(202);
    }),
  );
});

test("what stands between the offsets of an excerpt is what was found, on one line, or its beginning when it is long", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (before, found, after) => {
      const text = before + found + after;
      fc.pre(keepsCharacters(before, found, after));
      const { text: line, start, end } = excerpt(text, before.length, before.length + found.length);
      const shown = line.slice(start, end).trim();
      const whole = shorten(found, found.length);
      expect(found.length > 120 ? whole.slice(0, shown.length) : whole).toBe(shown);
      expect(line.slice(start, end).length - shown.length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 1_000 },
  );
});

/** Whether no two parts make one character together. */
function keepsCharacters(...parts: readonly string[]): boolean {
  return Array.from(parts.join("")).length === parts.reduce((sum, part) => sum + Array.from(part).length, 0);
}

test.each([
  ["short", 10, "short"],
  ["a\nb", 10, "a b"],
  ["0123456789a", 10, "0123456789…"],
  ["01234567😀", 9, "01234567…"],
])("%j shortened to %d is %j", (text, most, expected) => {
  expect(shorten(text, most)).toBe(expected);
});
