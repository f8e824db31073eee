import fc from "fast-check";
import { expect, test } from "vitest";
import { createSearchForm, EDGE, isSearchable, searchText } from "../../../shared/rules/keywords/keyword-form.ts";
import { segmentEnd } from "../../../shared/rules/normal-form/boundaries.ts";
import { formText } from "../../../shared/rules/normal-form/form-writer.ts";
import { writeSegment } from "../../../shared/rules/normal-form/stretches.ts";
import { naiveForm } from "../../support/naive-search.ts";
import { nastyText } from "../../support/nasty-text.ts";

/** A search form with `|` for the edges of words. */
const form = (text: string) => searchText(text).replaceAll(EDGE, "|");

test.each([
  // Width, case, compatibility.
  ["Ｏｕｔａｇｅ", "|outage|"],
  ["STRASSE straße STRAẞE", "|strasse| |strasse| |strasse|"],
  ["ΟΔΟΣ οδός", "|οδοσ| |οδόσ|"],
  ["İ", "|i\u0307|"],
  ["ﬃ", "|ffi|"],
  ["①½", "|11|\u2044|2|"],
  ["㌔", "キロ"],
  ["🄐", "(|a|)"],
  ["𝐀𐐀", "|a𐐨|"],
  ["\u{20000}", "\u{20000}"],
  // Marks.
  ["cafe\u0301", "|café|"],
  ["ｶﾞﾊﾟ", "ガパ"],
  ["か\u3099", "が"],
  ["\u1100\u1161\u11a8", "각"],
  ["a\u0323\u0301", "|ạ\u0301|"],
  ["a\u0301\u0323", "|ạ\u0301|"],
  ["กํา กำ", "ก\u0e4dา ก\u0e4dา"],
  // What a person does not see.
  ["out\u00adage", "|outage|"],
  ["e\u00ad\u0301", "|é|"],
  ["ｶ\u200bﾞ", "ガ"],
  ["\u202eo\u200bu\u2060t\ufeff\0", "|out|"],
  ["1\ufe0f\u20e3", "|1\u20e3|"],
  ["h\u{e0069}i", "|hi|"],
  // White space.
  ["  a \u3000\u00a0\t\r\n b  ", "|a| |b|"],
  [" \n ", ""],
  ["a\nb", "|a| |b|"],
  ["障\n害", "障害"],
  ["障\r\n害", "障害"],
  ["障\r害", "障害"],
  ["障\u0085害", "障害"],
  ["障\u2028害", "障害"],
  ["障 \r\n\u3000害", "障害"],
  ["障\n\n害", "障 害"],
  ["障\r\n\r\n害", "障 害"],
  ["障\r\r害", "障 害"],
  ["障\n\r害", "障 害"],
  ["障\r \n害", "障 害"],
  ["障\t\n害", "障 害"],
  ["障\n\t害", "障 害"],
  ["障\r\t害", "障 害"],
  ["障\u2029害", "障 害"],
  ["障 害", "障 害"],
  ["障\na", "障 |a|"],
  ["a\n障", "|a| 障"],
  ["で\n、「あ", "で、「あ"],
  ["กา\nขา", "กาขา"],
  ["ភា\nសា", "ភាសា"],
  ["장\n애", "장 애"],
  // Edges of words.
  ["outage障害", "|outage|障害"],
  ["foo-bar_2.x", "|foo|-|bar_2|.|x|"],
  ["서버down", "서버|down|"],
  ["שלום, мир!", "|שלום|, |мир|!"],
  ["", ""],
])("%j becomes %j", (text, expected) => {
  expect(form(text)).toBe(expected);
});

test("a text of any length becomes what its specification says, however it is cut into pieces", () => {
  fc.assert(
    fc.property(fc.array(nastyText, { maxLength: 20 }), fc.integer({ min: 0, max: 800 }), (parts, times) => {
      const text = parts
        .join("")
        .repeat(Math.ceil(times / 10))
        .slice(0, 20_000);
      // A run that no normalisation ends is cut in the middle. Ignored characters do not end it, nor do vowels of Hangul, Thai and Lao.
      const shown = text.normalize("NFKD").replace(/\p{Default_Ignorable_Code_Point}|\p{C}/gu, "");
      fc.pre(!/[\p{M}\u1160-\u11ff\u0e32\u0eb2]{20}/u.test(shown));
      expect(searchText(text).replaceAll(EDGE, "")).toBe(naiveForm(text));
    }),
    { numRuns: 300 },
  );
});

test("the forms of a text's segments, one after another, are its form", () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const form = createSearchForm();
      for (let start = 0, end = 0; start < text.length; start = end) {
        end = segmentEnd(form.table, text, start, text.length);
        writeSegment(form, text, start, end);
      }
      // The edge of a word at the end of a text is written with its last piece.
      expect(formText(form)).toBe(searchText(text).replace(new RegExp(`${EDGE}$`), ""));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["marks that go on without end", `a${"\u0301\u0323".repeat(100_000)}b outage`],
  ["marks and invisible characters in turn", `a${"\u0301\u200b\u0323\u00ad".repeat(50_000)}b outage`],
  ["half-width voice marks and marks in turn", `か${"\uff9e\u0301".repeat(100_000)}b outage`],
  ["Hangul vowels that go on without end", `${"\u1161".repeat(200_000)} outage`],
  ["invisible characters that go on without end", `${"\u200b".repeat(200_000)}outage`],
  ["characters that become eighteen", `${"ﷺ".repeat(50_000)} outage`],
  ["tag characters that go on without end", `out${"\u{e0041}".repeat(50_000)}age`],
])("%s are brought into search form in linear time, and what follows is read", (_, text) => {
  expect(form(text)).toMatch(/\|outage\|$/u);
});

test("marks beyond thirty are put in order thirty by thirty", () => {
  const low = "\u0323";
  const high = "\u0301";
  expect(searchText(`.${high.repeat(30)}${low}`).replaceAll(EDGE, "")).toBe(`.${high.repeat(30)}${low}`);
  expect(searchText(`.${high.repeat(29)}${low}`).replaceAll(EDGE, "")).toBe(`.${low}${high.repeat(29)}`);
});

test.each([
  ["a", true],
  ["障", true],
  ["+", true],
  ["\u0301", true],
  ["", false],
  [" \u3000\t\n", false],
  ["\u00ad\u200b\ufe0f\0", false],
])("isSearchable(%j) is %s", (text, expected) => {
  expect(isSearchable(text)).toBe(expected);
});
