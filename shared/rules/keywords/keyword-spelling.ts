import { isSearchable } from "./keyword-form.ts";
import type { Keyword } from "./keyword-index.ts";

/** Reads a keyword as the rules file spells it: a star at its end stands for the rest of the word. */
export function readKeyword(spelled: string, substring: boolean): Keyword {
  const prefix = spelled.endsWith("*");
  const text = prefix ? spelled.slice(0, -1) : spelled;
  return { text, match: substring ? "substring" : prefix ? "prefix" : "word" };
}

/** Why nothing can be found by a keyword, in words; `undefined` when something can. */
export function keywordProblem(spelled: string): string | undefined {
  // Most have a letter; bringing 50,000 of them into the form that is searched would take as long as all other checks.
  if (/[a-z0-9]/i.test(spelled) || isSearchable(readKeyword(spelled, false).text)) return undefined;
  return `nothing to search for: expected a visible character${spelled.endsWith("*") ? " before the *" : ""}, got ${JSON.stringify(spelled)}`;
}
