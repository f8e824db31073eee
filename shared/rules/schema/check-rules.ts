import type { Finding } from "../../yaml/schema/finding.ts";
import { got } from "../../yaml/schema/sentences.ts";
import { MAX_CONDITION_DEPTH } from "../limits.ts";
import { conditionsIn, isMapping, type PlacedCondition, rulesIn } from "./unchecked-rules.ts";

/**
 * Checks what no schema of a single value can say: names that repeat, nesting, conditions that are empty.
 *
 * Takes the plain values of the file as they are, so that it tells these also where something else is wrong.
 */
export function checkRules(file: unknown): readonly Finding[] {
  return [...repeatedNames(rulesIn(file)), ...conditionsIn(file).flatMap(checkCondition)];
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

function checkCondition({ condition, path, depth }: PlacedCondition): readonly Finding[] {
  // What stands deeper still is too deep for the same reason.
  if (depth > MAX_CONDITION_DEPTH + 1) return [];
  if (depth > MAX_CONDITION_DEPTH)
    return [{ path, message: `all, any and not are nested deeper than ${MAX_CONDITION_DEPTH} levels` }];
  if (Object.keys(condition).length > 0) return [];
  return [{ path, message: "expected at least one condition, such as keywords, got none" }];
}
