import { RulesFileError, type RulesProblem } from "../errors.ts";
import { MAX_RULES_FILE_LENGTH, MAX_RULES_PROBLEMS, MAX_YAML_LEXEMES } from "./limits.ts";
import type { RulesFile } from "./rules-file.ts";
import { checkRules } from "./schema/check-rules.ts";
import { checkSchema } from "./schema/check-schema.ts";
import { checkTotals } from "./schema/check-totals.ts";
import type { Finding } from "./schema/finding.ts";
import { readYamlFile, type YamlFile } from "./yaml/yaml-file.ts";

/**
 * Reads a rules file: YAML 1.2, checked, with defaults filled in and short forms written out.
 *
 * @param yaml the text of the file
 * @param file its name, for the messages
 * @throws {RulesFileError} with every problem of the file, in its order
 */
export function readRules(yaml: string, file: string): RulesFile {
  const reading = yaml.length > MAX_RULES_FILE_LENGTH ? tooLarge : read(yaml);
  if ("rules" in reading) return reading.rules;
  throw new RulesFileError(file, inOrder(reading.problems));
}

type Reading = { readonly rules: RulesFile } | { readonly problems: readonly RulesProblem[] };

const tooLarge = atStart(
  `the file is too large: expected at most ${MAX_RULES_FILE_LENGTH} characters and ${MAX_YAML_LEXEMES} words and signs`,
);

function atStart(message: string): { problems: readonly RulesProblem[] } {
  return { problems: [{ line: 1, column: 1, path: "", message }] };
}

function read(yaml: string): Reading {
  if (yaml.includes("\0")) return atStart("the file is not text in UTF-8: it holds NUL characters; save it as UTF-8");
  const file = readYamlFile(yaml);
  if (file === undefined) return tooLarge;
  const problems = [...encodingProblems(yaml), ...file.problems];
  if (!file.whole) return { problems };
  if (file.value === null && problems.length === 0)
    return atStart("the file is empty: expected a mapping with the key rules");
  const totals = checkTotals(file.value);
  if (totals.length > 0) return { problems: [...problems, ...located(totals, file)] };
  const schema = checkSchema(file.value);
  const findings = "rules" in schema ? [] : schema.findings;
  problems.push(...located([...findings, ...checkRules(file.value)], file));
  return "rules" in schema && problems.length === 0 ? schema : { problems };
}

/** The library reads over a byte order mark; other readers of the file do not. */
function encodingProblems(yaml: string): readonly RulesProblem[] {
  if (!yaml.startsWith("\uFEFF")) return [];
  return atStart("the file begins with a byte order mark; save it as UTF-8 without one").problems;
}

function located(findings: readonly Finding[], file: YamlFile): readonly RulesProblem[] {
  const most = findings.slice(0, MAX_RULES_PROBLEMS + 1);
  return most.flatMap(({ path, message, part, first }) => {
    const line = first && file.problemAt(first, "")?.line;
    return file.problemAt(path, line === undefined ? message : `${message}; the first is on line ${line}`, part) ?? [];
  });
}

/** By place; what an anchor holds is wrong once, however many aliases stand for it. */
function inOrder(problems: readonly RulesProblem[]): readonly RulesProblem[] {
  const distinct = Map.groupBy(problems, ({ line, column, message }) => `${line}:${column}:${message}`);
  const sorted = [...distinct.values()]
    .flatMap((same) => same.slice(0, 1))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const last = sorted[MAX_RULES_PROBLEMS];
  if (last === undefined) return sorted;
  return [...sorted.slice(0, MAX_RULES_PROBLEMS), { ...last, message: "there are more problems; these are the first" }];
}
