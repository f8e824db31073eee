/** UTF-16 units shown on either side of what was found. */
const AROUND = 40;

/** UTF-16 units shown of what was found: between its letters may stand a megabyte of white space or invisible characters. */
const MAX_FOUND = 120;

/**
 * Control characters, and those that change the direction of the text (UAX 9): in a terminal or a page they could make a
 * line say something else. Lone surrogates are no characters.
 */
const UNSHOWN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Scripts written without spaces: the line breaks between their characters are no spaces. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A text on one line, without characters that are not to be shown. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/gu, (space, at: number) => {
      const broken = /^[ \r]*\n[ \r]*$/.test(space);
      return broken && UNSPACED.test(text.charAt(at - 1)) && UNSPACED.test(text.charAt(at + space.length)) ? "" : " ";
    })
    .replace(UNSHOWN, "");
}

/** A text on one line, cut at a character's edge when it is longer than `most` UTF-16 units. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return oneLine(text).trim();
  return `${oneLine(text.slice(0, edge(text, most))).trim()}…`;
}

/** What stands around `start` to `end`, on one line, with `…` where the text goes on. */
export function excerpt(text: string, start: number, end: number): string {
  const from = edge(text, Math.max(0, start - AROUND));
  const foundEnd = Math.min(end, start + MAX_FOUND);
  const to = edge(text, Math.min(text.length, foundEnd + AROUND));
  const line = oneLine(text.slice(from, to)).trim();
  return `${from > 0 ? "…" : ""}${line}${to < text.length ? "…" : ""}`;
}

/** The place itself, or the one before when it would part a surrogate pair. */
function edge(text: string, place: number): number {
  const code = text.charCodeAt(place);
  const parts = place > 0 && code >= 0xdc00 && code <= 0xdfff && (text.charCodeAt(place - 1) & 0xfc00) === 0xd800;
  return parts ? place - 1 : place;
}
