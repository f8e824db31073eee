import fc from "fast-check";

/** Characters that melt, part, vanish, fold to several, or separate; lone surrogates too. */
const NASTY = [
  ..."ab A_1-.,ßẞſKİıΣσςΐΪ",
  ..."ﬀﬁǆ½ªﷺ㌔ｶﾞﾊﾟがはハー障害、。漢\u{20000}",
  ..."e\u0301\u0323\u0345\u0308é\u3099\u20dd",
  ..."\u1100\u1161\u11a8가각ㅏ",
  ..."ก\u0e33\u0e49לא\u05bcक्\u093c",
  ..."\u00ad\u200b\u200d\u202e\u2060\ufeff\ufe0f\u034f\u115f\u3164\0\u001f",
  ..." \u00a0\u3000\t\n\r\u0085\u2028\u2029´¨",
  "\r\n",
  "😀",
  "\ud83d",
  "\ude00",
  "\u{e0041}",
  "𝐀",
  "🄐",
  "𐐀",
];

const joined = (characters: readonly string[]) => characters.join("");

/** Characters that are taken for each other, marks on them, and some that become several. */
const ALIKE = [
  ..."aаɑαАΑ iIlІі1|¡ oO0оΟ՟ mMrnrм.",
  ..."eеЕ́è\u0301\u0300ёë Νν𝚗𝒎 ßβΒ ГΓγy カ力ロ口ニ二",
  ..."ꭺᏴᖯⅷℓ∪℮æӕœ\u00ad\u200b\n -_,",
  "\r\n",
  "ﬁ",
  "\ud83d",
];

/** Text of nasty characters. */
export const nastyText: fc.Arbitrary<string> = fc.array(fc.constantFrom(...NASTY)).map(joined);

/** A text and short words, all of the same few nasty characters, so that the words often stand in the text. */
export const nastyTextAndWords = textAndWords(NASTY);

/** The same, of characters that look alike. */
export const alikeTextAndWords = textAndWords([...new Set(ALIKE)]);

function textAndWords(characters: readonly string[]): fc.Arbitrary<{ text: string; words: readonly string[] }> {
  return fc.uniqueArray(fc.constantFrom(...characters), { minLength: 2, maxLength: 7 }).chain((alphabet) => {
    const of = (maxLength: number) => fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength }).map(joined);
    return fc.record({ text: of(30), words: fc.array(of(4), { minLength: 1, maxLength: 10 }) });
  });
}
