const PUNCTUATION: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/[\u0060\u00b4\u2018-\u201b\u2032]/g, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
];

/**
 * The same words with typewriter punctuation and compatibility forms resolved (NFKC), so that a curly quotation mark or
 * a full-width letter does not keep a text out of an alphabet that could hold it.
 */
export function plainPunctuation(text: string): string {
  return PUNCTUATION.reduce((plain, [pattern, to]) => plain.replace(pattern, to), text).normalize("NFKC");
}
