import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonLine, printable } from "../../../cli/output/printable.ts";

describe("words of a mail on a terminal", () => {
  test.each([
    ["plain words stay", "Ops 障害 é 😀", "Ops 障害 é 😀"],
    ["an escape sequence", "a\u001b[31mb", "a[31mb"],
    ["the C1 control that begins an escape sequence by itself", "a\u009b31mb", "a31mb"],
    ["a title that is set", "\u001b]0;owned\u0007x", "]0;ownedx"],
    ["line ends and tabs", "a\r\nb\tc\u2028d", "a  b c d"],
    ["a right-to-left override", "invoice\u202excod.exe", "invoicexcod.exe"],
    ["direction isolates and marks", "\u2066a\u2069\u200eb\u061c", "ab"],
    ["invisible characters", "pay\u200bpal\u00ad\u2060", "paypal"],
    ["tag characters", "a\u{e0041}b", "ab"],
    ["half of a surrogate pair", "a\ud83d", "a\ufffd"],
  ])("%s", (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test("are cut", () => {
    expect(printable("x".repeat(1_000_000), 5)).toBe("xxxxx…");
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
