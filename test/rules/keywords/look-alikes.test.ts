import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOOK_ALIKE_CHARACTERS } from "../../../shared/rules/keywords/keyword-form.ts";
import { compileKeywords, type Keyword, scanKeywords } from "../../../shared/rules/keywords/keyword-index.ts";
import { foldLookAlikes } from "../../../shared/rules/normal-form/look-alikes.ts";
import type { Reason } from "../../../shared/rules/reason.ts";
import { naiveScan } from "../../support/naive-search.ts";
import { alikeTextAndWords } from "../../support/nasty-text.ts";
import { reasonsOf } from "../../support/rules.ts";

function found(text: string, keyword: string, more = "lookAlikes: true"): readonly string[] | undefined {
  const when = `{ keywords: { any: [${JSON.stringify(keyword)}], in: [text], ${more} } }`;
  return reasonsOf(when, { message: { text } })?.map((reason) => sliceOf(text, reason));
}

function sliceOf(text: string, reason: Reason): string {
  return "start" in reason ? text.slice(reason.start, reason.end) : "";
}

describe("with lookAlikes, a keyword is found in what can be taken for it", () => {
  test.each([
    ["Cyrillic letters", "оutаgе", "an оutаgе!"],
    ["Cyrillic capitals", "ОUТАGЕ", "ОUТАGЕ"],
    ["Greek letters", "οutαge", "οutαge"],
    ["Greek capitals", "ΟUΤΑGΕ", "ΟUΤΑGΕ"],
    ["Armenian", "օսtage", "օսtage"],
    ["Cherokee", "OUᎢᎪᏀᎬ", "OUᎢᎪᏀᎬ"],
    ["small capitals", "ᴏᴜᴛᴀɢᴇ", "ᴏᴜᴛᴀɢᴇ"],
    ["letters that IPA has", "outɑɡe", "outɑɡe"],
    ["digits", "0utage", "0utage"],
    ["full width", "ｏｕｔａｇｅ", "ｏｕｔａｇｅ"],
    ["mathematical letters", "𝐨𝒖𝓽𝖆𝗀𝚎", "𝐨𝒖𝓽𝖆𝗀𝚎"],
    ["symbols", "o∪tag℮", "o∪tag℮"],
    ["invisible characters besides", "оut\u00adа\u200bgе", "оut\u00adа\u200bgе"],
    ["the keyword as it is", "Outage", "Outage"],
  ])("%s", (_, place, text) => {
    expect(found(text, "outage")).toEqual([place]);
  });

  test.each([
    ["paypal", "раураӏ"],
    ["paypal", "paypaI"],
    ["paypal", "PAYPA1"],
    ["invoice", "lnvoice"],
    ["invoice", "ІΝVОІСЕ"],
    ["modern", "rnodern"],
    ["now", "ΝΟW"],
    ["résumé", "rе\u0301sumé"],
    ["вход", "ВXOД"],
    ["вход", "BxOд"],
    ["νέα", "ΝΈΑ"],
    ["æther", "ӕther"],
    ["口座", "ロ座"],
    ["service down", "ѕеrvісе\n dоwn"],
  ])("%s in %s", (keyword, text) => {
    expect(found(text, keyword)).toEqual([text]);
  });

  test.each([
    ["outage", "оutаgеs"],
    ["outage", "xоutаgе"],
    ["outage", "óutage"],
    ["outage", "outrage"],
    ["a|b", "alb"],
  ])("but not %s in %s", (keyword, text) => {
    expect(found(text, keyword)).toBeUndefined();
  });

  test("false hits that come with it: what the eye confuses, it does too", () => {
    expect(found("the mall", "mail")).toEqual(["mall"]);
    expect(found("a burn", "bum")).toEqual(["burn"]);
    expect(found("10", "lo")).toEqual(["10"]);
  });
});

test("a rule without lookAlikes finds what is spelled so, though another rule of the file has it", () => {
  expect(found("an оutаgе", "outage", "lookAlikes: false")).toBeUndefined();
  expect(reasonsOf("{ keywords: [outage] }", { message: { text: "an оutаgе" } })).toBeUndefined();
  const both =
    "{ any: [{ keywords: { any: [outage], in: [text] } }, { keywords: { any: [outage], in: [subject], lookAlikes: true } }] }";
  expect(reasonsOf(both, { message: { text: "оutаgе" } })).toBeUndefined();
  expect(reasonsOf(both, { message: { subject: "оutаgе" } })).toHaveLength(1);
});

test("the first place is told, whether it is the keyword or what looks like it, and all places count in the text as it is", () => {
  expect(found("an оutаgе, an outage", "outage")).toEqual(["оutаgе"]);
  expect(found("an outage, an оutаgе", "outage")).toEqual(["outage"]);
  const text = `${"м\u00adm 1 ".repeat(3000)}rnу wоrd`;
  const reasons = reasonsOf("{ keywords: { any: [my word], lookAlikes: true } }", { message: { text } });
  expect(reasons).toMatchObject([{ keyword: "my word", start: text.length - 8, end: text.length }]);
});

test.each([
  ["word", "оutаgе", ["outage"]],
  ["prefix", "оutаgеs", ["outage*"]],
  ["all and none", "оutаgе", ["outage"]],
])("%s", (_, text, keywords) => {
  const list = JSON.stringify(keywords);
  expect(reasonsOf(`{ keywords: { all: ${list}, lookAlikes: true } }`, { message: { text } })).toHaveLength(1);
  expect(reasonsOf(`{ keywords: { none: ${list}, lookAlikes: true } }`, { message: { text } })).toBeUndefined();
});

test("lookAlikes is spelled in the reason when that is an absence", () => {
  expect(reasonsOf("{ not: { keywords: { any: [a], lookAlikes: true } } }", { message: { text: "b" } })).toMatchObject([
    { condition: "keywords: { any: a, lookAlikes: true }" },
  ]);
});

test("among look-alikes, the index finds what a naive search over skeletons finds, at the same places", () => {
  fc.assert(
    fc.property(alikeTextAndWords, ({ text, words }) => {
      const keywords = words.flatMap((word) =>
        (["word", "prefix", "substring"] as const).map((match): Keyword => ({ text: word, match })),
      );
      const hits = scanKeywords(compileKeywords(keywords, LOOK_ALIKE_CHARACTERS), text);
      expect(hits).toEqual(naiveScan(keywords, text, foldLookAlikes));
    }),
    { numRuns: 1500 },
  );
});

test("what a character becomes stays as it is", () => {
  const skeleton = (text: string) => Array.from(text.normalize("NFKC"), foldLookAlikes).join("");
  const wrong = [...Array(0x20000).keys()].filter((codePoint) => {
    const once = skeleton(String.fromCodePoint(codePoint));
    return skeleton(once) !== once;
  });
  expect(wrong.map((codePoint) => codePoint.toString(16))).toEqual([]);
  expect(skeleton("Iil1")).toBe("llll");
});

test("the case of a letter of ASCII makes no difference among look-alikes", () => {
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  expect(letters.map(foldLookAlikes)).toEqual(letters.map((letter) => foldLookAlikes(letter.toLowerCase())));
});
