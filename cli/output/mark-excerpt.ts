import { compileKeywords, scanKeywords } from "../../shared/rules/keyword-index.ts";
import { compilePatterns, scanPatterns } from "../../shared/rules/pattern-set.ts";
import type { TextReason } from "../../shared/rules/reason.ts";
import { printable } from "./printable.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The excerpt of a reason, safe to print, with the found words marked.
 *
 * A reason's offsets count in the whole field, so the words are looked for in the excerpt the way the rules looked for
 * them in the field: normalised, so that full-width or half-width spellings are found too. A space of the excerpt may have been
 * a line break of the field, and only these may stand inside a Japanese word; both have one unit.
 */
export function markExcerpt(reason: TextReason, mark: (text: string) => string): string {
  const { excerpt } = reason;
  const span = findIn(excerpt.replaceAll(" ", "\n"), reason);
  if (!span) return printable(excerpt);
  const { start, end } = span;
  return (
    printable(excerpt.slice(0, start)) + mark(printable(excerpt.slice(start, end))) + printable(excerpt.slice(end))
  );
}

function findIn(text: string, { keyword, pattern }: TextReason): Span | undefined {
  if (pattern !== undefined) return scanPatterns(compilePatterns([pattern]), text).hits[0];
  if (keyword === undefined) return undefined;
  const bare = keyword.replace(/\*$/, "");
  const asWord = { text: bare, match: keyword === bare ? "word" : "prefix" } as const;
  const hits = scanKeywords(compileKeywords([asWord, { text: bare, match: "substring" }]), text);
  return hits.find((hit) => hit.keyword === 0) ?? hits[0];
}
