import { MAX_CONDITION_DEPTH, MAX_KEYWORDS, MAX_PATTERNS } from "../limits.ts";
import type { Finding } from "./finding.ts";
import { got } from "./sentences.ts";

type Path = Finding["path"];
type Mapping = Readonly<Record<string, unknown>>;

/**
 * Checks what no schema of a single value can say: names that repeat, totals, nesting, conditions that are empty.
 *
 * Takes the plain values of the file as they are, so that it tells these also where something else is wrong.
 */
export function checkRules(file: unknown): readonly Finding[] {
  const rules = isMapping(file) ? listOf(file["rules"]) : [];
  const conditions = rules.flatMap((rule, index) =>
    isMapping(rule) && isMapping(rule["when"]) ? [...conditionsIn(rule["when"], ["rules", index, "when"], 0)] : [],
  );
  const total = (count: (condition: Mapping) => number) =>
    conditions.reduce((sum, { condition }) => sum + count(condition), 0);
  return [
    ...repeatedNames(rules),
    ...conditions.flatMap(checkCondition),
    ...tooMany(total(countKeywords), MAX_KEYWORDS, "keywords"),
    ...tooMany(total(countPatterns), MAX_PATTERNS, "patterns"),
  ];
}

function repeatedNames(rules: readonly unknown[]): readonly Finding[] {
  const first = new Map<string, number>();
  const findings: Finding[] = [];
  for (const [index, rule] of rules.entries()) {
    const name = isMapping(rule) ? rule["name"] : undefined;
    if (typeof name !== "string") continue;
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else
      findings.push({
        path: ["rules", index, "name"],
        message: `two rules are named ${got(name)}`,
        first: ["rules", earlier, "name"],
      });
  }
  return findings;
}

interface Placed {
  readonly condition: Mapping;
  readonly path: Path;
  readonly depth: number;
}

/** A condition and those in its `all`, `any` and `not`, in the order of the file. */
function* conditionsIn(condition: Mapping, path: Path, depth: number): Generator<Placed> {
  yield { condition, path, depth };
  if (depth > MAX_CONDITION_DEPTH) return;
  for (const key of ["all", "any"]) {
    for (const [index, inner] of listOf(condition[key]).entries()) {
      if (isMapping(inner)) yield* conditionsIn(inner, [...path, key, index], depth + 1);
    }
  }
  const { not } = condition;
  if (isMapping(not)) yield* conditionsIn(not, [...path, "not"], depth + 1);
}

function checkCondition({ condition, path, depth }: Placed): readonly Finding[] {
  if (depth > MAX_CONDITION_DEPTH)
    return [{ path, message: `all, any and not are nested deeper than ${MAX_CONDITION_DEPTH} levels` }];
  if (Object.keys(condition).length > 0) return [];
  return [{ path, message: "expected at least one condition, such as keywords, got none" }];
}

function tooMany(count: number, most: number, what: string): readonly Finding[] {
  return count <= most
    ? []
    : [{ path: ["rules"], message: `expected at most ${most} ${what} in all rules, got ${count}`, part: "key" }];
}

function countKeywords({ keywords }: Mapping): number {
  const lists = isMapping(keywords) ? [keywords["any"], keywords["all"], keywords["none"]] : [keywords];
  return lists.reduce((sum: number, list) => sum + listOf(list).length, 0);
}

function countPatterns({ matches }: Mapping): number {
  return isMapping(matches) ? 1 : listOf(matches).length;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
