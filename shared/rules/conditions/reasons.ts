import { excerpt, shorten } from "../../text/excerpt.ts";
import { MAX_REASON_VALUE } from "../limits.ts";
import type { FactReason, TextReason } from "../reason.ts";
import type { Found } from "../searched-mail.ts";

/** The reason that a keyword or pattern gives by where it stands. */
export function textReason(
  { field, part, start, end }: Found,
  term: { keyword: string } | { pattern: string },
): TextReason {
  const shown = excerpt(part.text, start, end);
  return {
    field,
    ...term,
    start,
    end,
    excerpt: shown.text,
    excerptStart: shown.start,
    excerptEnd: shown.end,
    ...(part.where === undefined ? {} : { where: part.where }),
    ...(isHidden(part.hidden ?? [], start, end) ? { hidden: true } : {}),
  };
}

/** The reason that a fact of the mail gives. */
export function factReason(field: string, condition: string, value: string): FactReason {
  return { field, condition: shorten(condition, MAX_REASON_VALUE), value: shorten(value, MAX_REASON_VALUE) };
}

/** Whether a part of what was found is in one of the ranges: nobody reads the word then. */
function isHidden(ranges: readonly (readonly [start: number, end: number])[], start: number, end: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const next = ranges[low];
  return next !== undefined && next[0] < end;
}
