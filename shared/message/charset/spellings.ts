/** Encodings by the letters and digits of their labels: a pattern, and what its labels name in the words of the standard. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:iso)?8859(\d\d?)(?:(?:19|20)\d\d)?$/, "iso-8859-$1"],
  [/^iso2022(jp|kr|cn)(?:[123]|2004|ext|ms)?$/, "iso-2022-$1"],
  [/^(?:cp|ms|ibm|win|windows)?(125\d|874)$/, "windows-$1"],
  [/^(?:ms|ibm|win|windows)?(932|936|949|950)$/, "cp$1"],
  [/^(?:cp|pc)?(?:ibm)?([4-8]\d\d)(?:latinhebrew|baltic)?$/, "cp$1"],
  [/^(?:shift|s)jis(?:2004|x0213)?$/, "shift_jis"],
  [/^mskanji$/, "shift_jis"],
  [/^(?:ujis|jisx0213|eucjis(?:2004|x0213))$/, "euc-jp"],
  [/^ksc?5601(?:1987|1989)?$|^ksx1001$/, "euc-kr"],
  [/^(?:euc)?gb2312(?:cn|80|1980)?$/, "gbk"],
  [/^(?:big5)?hkscs$|^big5tw$/, "big5"],
  [/^hzgb(?:2312)?$/, "hz-gb-2312"],
  [/^(?:utf|u)(7|8|16|32)$/, "utf-$1"],
  [/^utf(16|32)(le|be)$/, "utf-$1$2"],
  [/^cp65001$|^utf8ucs[24]$/, "utf-8"],
  [/^tis620(?:0|2529[01])?$|^isoir166$|^thai$/, "windows-874"],
  [/^maccyrillic$/, "x-mac-cyrillic"],
  [/^mac(?:ce|latin2|cent(?:ral)?euro(?:pe)?)$/, "mac-ce"],
  [/^mac(greek|turkish|icelandic)$/, "mac-$1"],
  [/^maciceland$/, "mac-icelandic"],
  [/^l(?:atin)?7$/, "iso-8859-13"],
  [/^l(?:atin)?8$|^isoceltic$|^isoir199$/, "iso-8859-14"],
  [/^l(?:atin)?10$|^isoir226$/, "iso-8859-16"],
];

/**
 * The label of the standard, or of `charset-aliases.ts`, that a label is another spelling of: `iso8859_16` of `iso-8859-16`, `csIBM857` of
 * `cp857`, `ShiftJIS` of `shift_jis`. Asked for labels that nobody knows as they stand.
 */
export function spelledAs(label: string): string | undefined {
  const plain = label
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^(?:x(?=[a-z])|cs)/, "");
  const spelling = SPELLINGS.find(([pattern]) => pattern.test(plain));
  return spelling === undefined ? undefined : plain.replace(...spelling);
}
