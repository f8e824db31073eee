import { expect, test } from "vitest";
import { compileKeywords, type Keyword, scanKeywords } from "../../../shared/rules/keywords/keyword-index.ts";

/** A keyword as a rule spells it, `*` for a prefix; between `*` a substring. */
function keyword(spelled: string): Keyword {
  if (spelled.startsWith("*")) return { text: spelled.slice(1, -1), match: "substring" };
  return spelled.endsWith("*") ? { text: spelled.slice(0, -1), match: "prefix" } : { text: spelled, match: "word" };
}

/** What was found, as slices of the text. */
function find(spelled: readonly string[], text: string): readonly string[] {
  return scanKeywords(compileKeywords(spelled.map(keyword)), text).map(({ start, end }) => text.slice(start, end));
}

test.each([
  // Whole words.
  ["outage", "an OUTAGE, again", ["OUTAGE"]],
  ["outage", "outages", []],
  ["outage", "brownoutage", []],
  ["outage", "outages, then an outage", ["outage"]],
  ["outage", "outage_2", []],
  ["outage", "outage2", []],
  ["outage", "(outage)", ["outage"]],
  ["outage", "outage's", ["outage"]],
  ["outage", "outage障害", ["outage"]],
  ["outage", "障害outage障害", ["outage"]],
  ["outage", "장애outage는", ["outage"]],
  ["авария", "Авария!", ["Авария"]],
  ["авария", "аварияx", []],
  ["cafe", "café", []],
  ["cafe", "cafe\u0301", []],
  ["café", "CAFE\u0301", ["CAFE\u0301"]],
  ["100", "1000", []],
  ["100", "100万", ["100"]],
  ["𐐀𐐁", "𐐀𐐁", ["𐐀𐐁"]],
  ["𐐀𐐁", "a𐐀𐐁", []],
  ["𐐀𐐁", "𐐀𐐁𐐀", []],
  ["שלום", "ושלום", []],
  // A side that is no word's asks for nothing.
  ["C++", "C++11", ["C++"]],
  ["C++", "ABC++", []],
  [".example", "mail.example", [".example"]],
  ["[urgent]", "re:[URGENT]x", ["[URGENT]"]],
  ["障害", "大障害発生", ["障害"]],
  ["サーバー", "Webサーバーの", ["サーバー"]],
  ["장애", "서버장애가", ["장애"]],
  ["ล่ม", "ระบบล่มแล้ว", ["ล่ม"]],
  ["障害report", "大障害reports", []],
  ["障害report", "大障害report", ["障害report"]],
  // Prefixes and substrings.
  ["urgen*", "urgently", ["urgen"]],
  ["urgen*", "insurgent", []],
  ["*urgen*", "insurgent", ["urgen"]],
  ["*out*", "brownouts", ["out"]],
  // White space.
  ["service down", "Service \u3000\r\n down", ["Service \u3000\r\n down"]],
  ["service down", "servicedown", []],
  [" service  down ", "service down", ["service down"]],
  ["障害", "障\r\n害", ["障\r\n害"]],
  ["障害", "障 害", []],
  ["障害", "障\n\n害", []],
  ["障害", "障\n\t害", []],
  // Characters that become several.
  ["strasse", "STRAßE", ["STRAßE"]],
  ["*s*", "ß", ["ß"]],
  ["*f*", "aﬀb", ["ﬀ"]],
  ["office", "oﬃce", ["oﬃce"]],
  ["οδοσ", "ΟΔΟΣ", ["ΟΔΟΣ"]],
  ["istanbul", "ISTANBUL", ["ISTANBUL"]],
  ["i̇stanbul", "İSTANBUL", ["İSTANBUL"]],
  ["キロ", "5㌔", ["㌔"]],
  ["ロ", "㌔", ["㌔"]],
  ["#1", "#①", ["#①"]],
  ["´", "a´", ["´"]],
  // What surrounds a hit and is not seen stays out of it.
  ["outage", "\u200boutage\u200b\u00ad!", ["outage"]],
  ["障害", "\u202e障\u200b害\u202c", ["障\u200b害"]],
])("%s in %j: %j", (spelled, text, found) => {
  expect(find([spelled], text)).toEqual(found);
});

test.each([
  ["soft hyphen", "out\u00adage", "outage"],
  ["zero-width space", "障\u200b害", "障害"],
  ["full-width forms", "ＯＵＴＡＧＥ", "outage"],
  ["half-width forms", "ｻｰﾊﾞｰ ﾀﾞｳﾝ", "サーバー ダウン"],
])("trap 2, %s inside a word: keywords are still found", (_, text, spelled) => {
  expect(find([spelled], text)).toEqual([text]);
});

test("a mail cannot hide a word behind what nobody sees: direction marks, selectors, joiners, fillers, controls", () => {
  const invisible =
    "\0\x07\x7f\u0080\u00ad\u034f\u061c\u115f\u17b4\u180e\u200b\u200c\u200d\u200e\u202a\u202e\u2060\u2064\u2066\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\u{1d173}\u{e0020}\u{e0100}";
  for (const character of invisible) expect(find(["outage"], `out${character}age`)).toEqual([`out${character}age`]);
});

test("of each keyword the first place is told, in the order of the text", () => {
  const index = compileKeywords(["down", "障害", "outage"].map(keyword));
  expect(scanKeywords(index, "an outage: 障害, down, outage, down")).toEqual([
    { term: 2, start: 3, end: 9 },
    { term: 1, start: 11, end: 13 },
    { term: 0, start: 15, end: 19 },
  ]);
});

test("duplicates, and keywords that are equal in search form, are each told", () => {
  const index = compileKeywords(["outage", "ＯＵＴＡＧＥ", "out\u00adage", "outage", "out*"].map(keyword));
  expect(scanKeywords(index, "Outage")).toEqual([
    ...[0, 1, 2, 3].map((number) => ({ term: number, start: 0, end: 6 })),
    { term: 4, start: 0, end: 3 },
  ]);
});

test("keywords that overlap are all told", () => {
  expect(find(["service down", "down now", "*ice*", "own*", "*own n*"], "service down now")).toEqual([
    "service down",
    "ice",
    "down now",
    "own n",
  ]);
});

test.each([
  ["empty", [""]],
  ["of spaces and invisible characters", [" \u200b\u3000"]],
  ["missing", []],
])("keywords that are %s find nothing", (_, spelled) => {
  expect(find(spelled, "some text \u200b, not empty")).toEqual([]);
});

test("of empty text nothing is found", () => {
  expect(find(["a", "*b*"], "")).toEqual([]);
});

test("places far into a text are told exactly", () => {
  const text = `${"é e\u0301 ｶﾞ ß ".repeat(20_000)}OUTAGE${" x".repeat(10_000)}障\n害`;
  const found = scanKeywords(compileKeywords(["outage", "障害"].map(keyword)), text);
  expect(found).toEqual([
    { term: 0, start: text.indexOf("OUTAGE"), end: text.indexOf("OUTAGE") + 6 },
    { term: 1, start: text.length - 3, end: text.length },
  ]);
});

test("a text that repeats one letter a million times is read once, whatever keywords overlap in it", () => {
  const text = "a".repeat(1_000_000);
  const inside = Array.from({ length: 300 }, (_, i): Keyword => ({ text: "a".repeat(i + 1), match: "substring" }));
  const words = inside.map(({ text }): Keyword => ({ text, match: "word" }));
  const hits = scanKeywords(compileKeywords([...words, ...inside]), text);
  expect(hits).toEqual(inside.map(({ text }, i) => ({ term: words.length + i, start: 0, end: text.length })));
});

test("one index serves many texts, and keeps nothing of them", () => {
  const index = compileKeywords(["outage"].map(keyword));
  expect(scanKeywords(index, "out")).toEqual([]);
  expect(scanKeywords(index, "age")).toEqual([]);
  expect(scanKeywords(index, "outage")).toHaveLength(1);
  expect(scanKeywords(index, "outage")).toHaveLength(1);
});
