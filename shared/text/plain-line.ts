/**
 * Characters that are there but not seen, or that change the order of what is seen: direction marks and overrides,
 * zero-width and soft characters, tags. The two joiners stay, for emoji and for Persian and Indic words.
 */
const INVISIBLE = /[\p{Cf}--[\u200c\u200d]]/gv;

/** Control characters, line ends, and letters that are drawn as nothing. */
const BLANK = /[\p{Cc}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Marks piled on one letter are drawn over the lines above and below; no language needs more than four. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * A text that draws only itself: every control character and line end is a space (so there are no terminal sequences),
 * what cannot be seen is gone, and no direction is changed. Its spaces stay as they are.
 */
export function plainText(text: string): string {
  return wellFormed(text).replace(INVISIBLE, "").replace(BLANK, " ").replace(PILED_MARKS, "$1");
}

/**
 * Something that a mail says, as one line that draws only itself, with white space folded to single spaces. At most
 * `maxUnits` UTF-16 units.
 *
 * The attack: a subject that continues with `\nSPF: PASS`, a name that shows another address.
 */
export function plainLine(text: string, maxUnits: number): string {
  return cutUnits(
    plainText(text)
      .replace(/\p{Z}+/gu, " ")
      .trim(),
    maxUnits,
  );
}

/** As `plainLine`, between quotation marks that the text itself cannot close. */
export function quotedLine(text: string, maxUnits: number): string {
  return `"${plainLine(text, maxUnits).replaceAll('"', "'")}"`;
}

/** Text of Unicode scalar values only, and none that XML (and so SQS, behind SNS) refuses although JSON would carry it. */
export function wellFormed(text: string): string {
  return text.toWellFormed().replace(/[\ufffe\uffff]/g, "\ufffd");
}

/** The text, or as much of it as fits with a sign that it was cut. A code point is never cut in two. */
export function cutUnits(text: string, maxUnits: number, sign = "…"): string {
  if (text.length <= maxUnits) return text;
  return `${text.slice(0, maxUnits - sign.length).replace(/[\ud800-\udbff]$/, "")}${sign}`;
}
