import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { type Confusables, lookAlikeModule, lookAlikes } from "../../../scripts/look-alike-table.ts";
import { foldLookAlikes } from "../../../shared/rules/normal-form/look-alikes.ts";

const CONFUSABLES: Confusables = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("unhomoglyph/data.json"), "utf8"),
);
const TABLE = new URL("../../../shared/rules/normal-form/look-alike-table.ts", import.meta.url);

test("the table is what the script writes", () => {
  expect(readFileSync(TABLE, "utf8")).toBe(lookAlikeModule(CONFUSABLES));
});

test("whatever Unicode says looks like letters or digits of ASCII becomes them, but for what NFKC makes something else of", () => {
  const skeleton = (text: string) => Array.from(text.normalize("NFKC"), foldLookAlikes).join("");
  const wrong = Object.entries(CONFUSABLES)
    .filter(([from, to]) => /^(?:[\p{L}\p{N}]|(?!\p{ASCII})\p{S})$/u.test(from) && /^[A-Za-z0-9]+$/.test(to))
    .filter(([from, to]) => skeleton(from) !== skeleton(to))
    .map(([from]) => from);
  expect(wrong.join("")).toBe("ϲϹſ˛ͺ￨");
});

describe("a table of a few confusables", () => {
  test.each([
    ["a letter becomes its prototype in lower case", { А: "A" }, { А: "a" }],
    ["what I looks like, i looks like", { I: "l" }, { i: "l" }],
    ["a prototype's letters are folded themselves", { m: "rn", ϻ: "rn", Ⅿ: "M" }, { m: "rn", ϻ: "rn" }],
    ["a small letter goes where its capital leads", { т: "ᴛ", Т: "T" }, { ᴛ: "t", т: "t" }],
    ["but not when it leads to a letter itself", { ν: "v", Ν: "N" }, { ν: "v", Ν: "n" }],
    ["a capital is not folded into another letter", { γ: "y", Г: "Γ" }, { γ: "y", Г: "Γ", Γ: "Γ" }],
    ["other scripts have look-alikes too", { カ: "力" }, { カ: "力" }],
    ["not punctuation, marks, or symbols of ASCII", { "|": "l", "‐": "-", "\u0337": "\u0338", "⁇": "??" }, {}],
    ["a symbol that looks like a letter of ASCII, and no other", { "∪": "U", "€": "Ꞓ" }, { "∪": "u" }],
    ["what NFKC does already is left out", { ａ: "a", 𝐛: "b" }, {}],
  ])("%s", (_, confusables, folded) => {
    expect(Object.fromEntries(lookAlikes(confusables))).toEqual(folded);
  });
});
