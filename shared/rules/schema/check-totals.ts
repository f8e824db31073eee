import type { Finding } from "../../yaml/schema/finding.ts";
import { MAX_KEYWORDS, MAX_PATTERNS, MAX_RULES } from "../limits.ts";
import { conditionsIn, isMapping, listOf, type Mapping, rulesIn } from "./unchecked-rules.ts";

/**
 * Checks how many rules, keywords and patterns a file has.
 *
 * Takes the plain values of the file as they are, and comes before every other check: those bring each keyword into the
 * form that is searched and compile each pattern, which for some thousands of patterns takes seconds.
 */
export function checkTotals(file: unknown): readonly Finding[] {
  const conditions = conditionsIn(file).map(({ condition }) => condition);
  const total = (count: (condition: Mapping) => number) => conditions.reduce((sum, each) => sum + count(each), 0);
  return [
    ...tooMany(rulesIn(file).length, MAX_RULES, "rules"),
    ...tooMany(total(countKeywords), MAX_KEYWORDS, "keywords in all rules"),
    ...tooMany(total(countPatterns), MAX_PATTERNS, "patterns in all rules"),
  ];
}

function tooMany(count: number, most: number, what: string): readonly Finding[] {
  if (count <= most) return [];
  return [{ path: ["rules"], message: `expected at most ${most} ${what}, got ${count}`, part: "key" }];
}

function countKeywords({ keywords }: Mapping): number {
  const lists = isMapping(keywords) ? [keywords["any"], keywords["all"], keywords["none"]] : [keywords];
  return lists.reduce((sum: number, list) => sum + listOf(list).length, 0);
}

function countPatterns({ matches }: Mapping): number {
  return isMapping(matches) ? 1 : listOf(matches).length;
}
