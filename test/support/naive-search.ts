import type { Hit } from "../../shared/rules/hit.ts";
import type { Keyword } from "../../shared/rules/keywords/keyword-index.ts";
import { foldCase } from "../../shared/rules/normal-form/case-folding.ts";

// The search of keywords as its specification says it, in the slowest and plainest way.

const INVISIBLE = /(?![\t-\r\u0085])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u;
const UNSPACED = String.raw`[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]`;
const LINE = String.raw`[\p{Zs}]*(?:\r?[\n\u0085\u2028]|\r)[\p{Zs}]*`;
const WRAPPED = new RegExp(`(?<=${UNSPACED})${LINE}(?=${UNSPACED})`, "gu");
const WORD = new RegExp(`(?!${UNSPACED}|\\p{scx=Hang})[\\p{L}\\p{N}\\p{M}_]`, "u");

/** What a character is compared as. */
type Fold = (character: string) => string;

export function naiveForm(text: string, fold: Fold = foldCase): string {
  const visible = Array.from(text).filter((character) => !INVISIBLE.test(character));
  const folded = Array.from(visible.join("").normalize("NFKC"), fold).join("");
  return folded
    .replace(WRAPPED, "")
    .replace(/\p{White_Space}+/gu, " ")
    .replace(/^ | $/gu, "");
}

/** Runs of code points that NFKC may join or reorder; of each, its end without trailing invisible characters. */
export function naiveSegments(text: string): readonly { start: number; end: number; visibleEnd: number }[] {
  const segments: { start: number; end: number; visibleEnd: number }[] = [];
  let at = 0;
  for (const character of text) {
    const last = segments.at(-1);
    const invisible = INVISIBLE.test(character);
    const end = at + character.length;
    if (last && (invisible || /^[\p{M}\u1160-\u11ff]/u.test(character.normalize("NFKD")))) {
      last.end = end;
      if (!invisible) last.visibleEnd = end;
    } else segments.push({ start: at, end, visibleEnd: end });
    at = end;
  }
  return segments;
}

export function naiveScan(keywords: readonly Keyword[], text: string, fold: Fold = foldCase): readonly Hit[] {
  const form = naiveForm(text, fold);
  const segments = naiveSegments(text);
  const written = segments.map(({ end }) => naiveForm(text.slice(0, end), fold).length);
  const segmentAt = (unit: number) => segments[written.findIndex((length) => length > unit)];
  return keywords
    .flatMap((keyword, number) => {
      const place = naiveFirst(keyword, form, fold);
      if (place === undefined) return [];
      const start = segmentAt(place.start)?.start ?? Number.NaN;
      return [{ term: number, start, end: segmentAt(place.end - 1)?.visibleEnd ?? Number.NaN }];
    })
    .sort((a, b) => a.start - b.start || a.term - b.term);
}

function naiveFirst(keyword: Keyword, form: string, fold: Fold): { start: number; end: number } | undefined {
  const key = naiveForm(keyword.text, fold);
  if (key === "") return undefined;
  for (let start = form.indexOf(key); start !== -1; start = form.indexOf(key, start + 1)) {
    const end = start + key.length;
    const left = keyword.match === "substring" || !goesOn(Array.from(form.slice(0, start)).at(-1), Array.from(key)[0]);
    const right = keyword.match !== "word" || !goesOn(Array.from(key).at(-1), Array.from(form.slice(end))[0]);
    if (left && right) return { start, end };
  }
  return undefined;
}

/** Whether both are characters of a word. */
function goesOn(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && WORD.test(one) && WORD.test(other);
}
