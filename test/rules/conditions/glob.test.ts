import fc from "fast-check";
import { expect, test } from "vitest";
import { compileGlob } from "../../../shared/rules/conditions/glob.ts";

test.each([
  ["a", "A", true],
  ["a", "ab", false],
  ["a*", "abc", true],
  ["*.exe", "Invoice.PDF.exe", true],
  ["*.exe", "invoice.exe.pdf", false],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "acb", false],
  ["ab*ba", "aba", false],
  ["a*a*a", "aa", false],
  ["*a*b*", "ba", false],
  ["*", "", true],
  ["**", "x", true],
  ["a?c", "abc", false],
  ["1*", "1 (Highest)", true],
  ["[a]", "a", false],
  ["ÄÖ*", "äö", true],
])("%s, %s -> %s", (glob, text, expected) => {
  expect(compileGlob(glob)(text)).toBe(expected);
});

test("fits what its stars are filled with, and says the same as a pattern", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 5 }), letters, letters, (pieces, filling, text) => {
      const glob = pieces.join("*");
      expect(compileGlob(glob)(pieces.join(filling))).toBe(true);
      const pattern = new RegExp(`^${pieces.map((piece) => piece.replaceAll(".", "\\.")).join(".*")}$`);
      expect(compileGlob(glob)(text)).toBe(pattern.test(text));
    }),
  );
});

test("a text made to backtrack is read in one pass", () => {
  const text = "a".repeat(1_000_000);
  expect(compileGlob(`${"*a".repeat(100)}*b`)(text)).toBe(false);
});
