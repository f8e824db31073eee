import { readFileSync } from "node:fs";
import { ConfigurationError } from "../errors.ts";
import { unpackRules } from "../rules/packed-rules.ts";
import type { RulesFile } from "../rules/rules-file.ts";

/**
 * Reads the rules that were packed beside a function.
 *
 * @param topics where alerts can go; when given, a rule that names another topic is refused. Found out at the first
 *   mail that such a rule matches, it would hold back the alerts of all other rules that match that mail.
 * @throws {ConfigurationError} when the file is not there or not as it was packed, or a rule names an unknown topic
 */
export function readDeployedRules(file: string, topics?: Topics): RulesFile {
  const rules = unpackRules(readText(file), file);
  if (topics !== undefined) requireTopics(file, rules, topics);
  return rules;
}

type Topics = Readonly<Record<string, string>>;

function requireTopics(file: string, { rules }: RulesFile, topics: Topics): void {
  const known = Object.keys(topics).join(", ");
  const problems = rules
    .filter(({ enabled, alert }) => enabled && !Object.hasOwn(topics, alert.topic))
    .map(
      ({ name, alert: { topic } }) =>
        `rule "${name}" alerts the topic "${topic}", but MAILROOM_TOPICS has only ${known}`,
    );
  if (problems.length > 0) throw new ConfigurationError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigurationError(`The packed rules "${file}" cannot be read; MAILROOM_RULES_FILE says where it is`, {
      cause,
    });
  }
}
