import { excerpt, shorten } from "./excerpt.ts";
import { MAX_REASON_VALUE, MAX_REASONS } from "./limits.ts";
import type { FactReason, Reason, TextReason } from "./reason.ts";
import type { Found } from "./searched-mail.ts";
import { DEFAULT_TEXT_FIELDS } from "./vocabulary.ts";

/** The reason that a keyword or pattern gives by where it stands. */
export function textReason(
  { field, part, start, end }: Found,
  term: { keyword: string } | { pattern: string },
): TextReason {
  return {
    field,
    ...term,
    start,
    end,
    excerpt: excerpt(part.text, start, end),
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

/** The reasons of several conditions that held together; when they are too many, some of each rather than all of the first. */
export function joinReasons(lists: readonly (readonly Reason[])[]): readonly Reason[] {
  let share = MAX_REASONS;
  let left = MAX_REASONS;
  for (const [index, list] of lists.toSorted((a, b) => a.length - b.length).entries()) {
    share = Math.floor(left / (lists.length - index));
    left -= Math.min(list.length, share);
  }
  return lists.flatMap((list) => list.slice(0, Math.max(1, share))).slice(0, MAX_REASONS);
}

/** Entries of a list that are spelled: a reason is cut long before a list of thousands ends. */
const MAX_SPELLED = 20;

/** A condition in the words of the rules file, on one line, without what was filled in. */
export function spell(value: unknown): string {
  if (Array.isArray(value)) {
    const words = value.slice(0, MAX_SPELLED).map(spell).join(", ");
    return value.length === 1 ? words : `[${words}${value.length > MAX_SPELLED ? ", …" : ""}]`;
  }
  return typeof value === "object" && value !== null ? `{ ${spellEntries(value)} }` : String(value);
}

/** The entries of a condition: `from: *@acme.example, size: { over: 1MB }`. */
export function spellEntries(condition: object): string {
  return Object.entries(condition)
    .filter(([key, value]) => !(key === "substring" && value === false) && !(key === "in" && isDefault(value)))
    .map(([key, value]) => `${key}: ${spell(value)}`)
    .join(", ");
}

function isDefault(fields: unknown): boolean {
  return Array.isArray(fields) && fields.join() === DEFAULT_TEXT_FIELDS.join();
}
