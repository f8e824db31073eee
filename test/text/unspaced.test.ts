import { describe, expect, test } from "vitest";
import { htmlToText } from "../../shared/message/html/html-text.ts";
import { joinsLines, UNSPACED } from "../../shared/text/unspaced.ts";
import { messageOf } from "../support/messages.ts";
import { reasonsOf } from "../support/rules.ts";

test.each([
  ["漢", true],
  ["\u{20000}", true],
  ["か", true],
  ["ｶ", true],
  ["ー", true],
  ["、", true],
  ["ㄅ", true],
  ["ก", true],
  ["\u0e48", true],
  ["ລ", true],
  ["ក", true],
  ["မ", true],
  ["a", false],
  ["장", false],
  ["5", false],
  [" ", false],
])("%s is of a script without spaces: %s", (character, expected) => {
  expect(UNSPACED.test(character)).toBe(expected);
});

test.each([
  ["通信障", "害が", true],
  ["ระบบล่", "ม", true],
  ["a\u{20000}", "\u{20001}b", true],
  ["障", "a", false],
  ["障a", "害", false],
  ["障", "a害", false],
  ["障", "", false],
  ["", "害", false],
])("a line broken between %j and %j goes on without a space: %s", (before, after, expected) => {
  expect(joinsLines(before, after)).toBe(expected);
});

describe("a keyword that a line break parts is found in HTML as it is in text", () => {
  test.each([
    ["Chinese and Japanese", "障害", "通信障", "害が発生"],
    ["characters beyond 16 bits", "\u{20000}\u{20001}", "\u{20000}", "\u{20001}"],
    ["Thai", "ระบบล่ม", "แจ้งว่าระบบล่", "มเมื่อเช้า"],
    ["Lao", "ລະບົບລົ້ມ", "ລະບົບ", "ລົ້ມ"],
    ["Khmer", "ប្រព័ន្ធ", "ប្រ", "ព័ន្ធ"],
    ["Burmese", "မြန်မာ", "မြန်", "မာ"],
  ])("%s", (_, keyword, before, after) => {
    const broken = `${before}\n${after}`;
    const found = (html: string) => {
      const message = messageOf({ text: broken, html, htmlText: htmlToText(html) });
      return reasonsOf(`{ keywords: [${keyword}] }`, { message })?.map(({ field }) => field);
    };
    expect(found(`<p>${broken}</p>`)).toEqual(["text", "html"]);
    expect(found(`<p>${before}\r\n  <b>${after}</b></p>`)).toEqual(["text", "html"]);
    expect(found(`<p>${before}</p><p>${after}</p>`)).toEqual(["text"]);
  });
});
