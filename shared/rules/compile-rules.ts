import { versionOf } from "../packed-file.ts";
import { compileCondition } from "./conditions/compile-condition.ts";
import type { Evaluate } from "./conditions/evaluate.ts";
import type { AlertRule, RulesFile, VerdictPolicy } from "./rules-file.ts";
import { createTermCollector, type SearchTerms } from "./search-terms.ts";

/** A rules file made ready to run over mails. */
export interface CompiledRules {
  /** Names what the file says, the same on every machine: 16 hex digits. */
  readonly version: string;
  readonly policy: VerdictPolicy;
  /** Those that are enabled, in the order of the file. */
  readonly rules: readonly { readonly rule: AlertRule; readonly evaluate: Evaluate }[];
  readonly terms: SearchTerms;
}

/** Makes a checked rules file ready to run: the keywords of all rules go into one index. Takes no YAML and no schema. */
export function compileRules(file: RulesFile): CompiledRules {
  const { policy, rules } = file;
  const terms = createTermCollector();
  const enabled = rules.filter((rule) => rule.enabled);
  const compiled = enabled.map((rule) => ({ rule, evaluate: compileCondition(rule.when, terms) }));
  return { version: versionOf(file), policy, rules: compiled, terms: terms.finish() };
}
