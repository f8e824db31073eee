import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonLine, printable } from "../../../cli/output/printable.ts";

describe("words of a mail on a terminal", () => {
  test.each([
    ["plain words stay", "Ops 障害 é 😀", "Ops 障害 é 😀"],
    ["columns stay", "a   b", "a   b"],
    ["a line end is a space", "a\nb", "a b"],
    ["an escape sequence is not obeyed", "a\u001b[31mb", "a [31mb"],
    ["a run of spaces cannot reach the next line", `a${" ".repeat(80)}b`, "a        b"],
    ["a right-to-left override is gone", "invoice\u202excod.exe", "invoicexcod.exe"],
  ])("%s", (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test.each([
    ["x".repeat(1_000_000), 5, "xxxx…"],
    ["ab🔥🔥", 4, "ab…"],
  ])("are cut, but no character in two", (text, limit, expected) => {
    expect(printable(text, limit)).toBe(expected);
  });

  test("never hold a control character, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe("a JSON line", () => {
  test.each([
    ["C1 controls", "\u009b\u0085\u007f", String.raw`"\u009b\u0085\u007f"`],
    ["characters that some readers take for a line end", "\u2028\u2029", String.raw`"\u2028\u2029"`],
    ["direction controls", "\u202e\u2066\u200f", String.raw`"\u202e\u2066\u200f"`],
    ["an escape", "\u001b", String.raw`"\u001b"`],
    ["all else stays readable", "障害 é 😀", '"障害 é 😀"'],
  ])("%s", (_, value, expected) => {
    expect(jsonLine(value)).toBe(`${expected}\n`);
  });

  test("is one line, obeyed by no terminal, and reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const line = jsonLine(value);
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});
