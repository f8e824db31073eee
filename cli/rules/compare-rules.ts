import { isDeepStrictEqual } from "node:util";
import type { RulesFile } from "../../shared/rules/rules-file.ts";

/** One thing that is different in other rules. */
export interface RulesChange {
  readonly do: "add" | "change" | "remove";
  /** In words: `rule outage`. */
  readonly what: string;
}

/** What new rules change: rules by their names in the order of the new file, then those that go, then the rest of the file. */
export function compareRules(now: RulesFile, then: RulesFile): readonly RulesChange[] {
  const before = new Map(now.rules.map((rule) => [rule.name, rule]));
  const after = new Set(then.rules.map(({ name }) => name));
  const changes: RulesChange[] = [];
  for (const rule of then.rules) {
    const old = before.get(rule.name);
    if (old === undefined) changes.push({ do: "add", what: `rule ${rule.name}` });
    else if (!isDeepStrictEqual(old, rule)) changes.push({ do: "change", what: `rule ${rule.name}` });
  }
  for (const { name } of now.rules) if (!after.has(name)) changes.push({ do: "remove", what: `rule ${name}` });
  if (!isDeepStrictEqual(now.policy, then.policy)) changes.push({ do: "change", what: "the verdict policy" });
  if (!isDeepStrictEqual(namesIn(now, after), namesIn(then, before)))
    changes.push({ do: "change", what: "the order of the rules" });
  return changes;
}

/** Those that the other file has, too. */
function namesIn({ rules }: RulesFile, other: { has(name: string): boolean }): readonly string[] {
  return rules.map(({ name }) => name).filter((name) => other.has(name));
}
