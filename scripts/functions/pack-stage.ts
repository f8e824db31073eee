import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigurationError } from "../../shared/errors.ts";
import { packRules } from "../../shared/rules/packed-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { packSuppressionFile } from "../../shared/suppression/policy-file/packed-suppression-file.ts";
import { readSuppressionFile } from "../../shared/suppression/policy-file/read-suppression-file.ts";

const root = resolve(import.meta.dirname, "..", "..");

/**
 * Checks a stage's rules (`rules/STAGE.yml`) and suppression file (`rules/STAGE.suppression.yml`, where there is one), and writes them as the functions
 * take them: `rules.json` and `suppression.json`.
 *
 * @param topics the names that the stage has
 * @throws {ConfigurationError} when a file cannot be read
 * @throws {FileProblemsError} with every problem of a file; a topic that the stage does not have is one
 */
export function packStage(stage: string, topics: readonly string[], to: string): void {
  const source = rulesOf(stage);
  writeFileSync(join(to, "rules.json"), packRules(readRules(readText(source), source, topics), source));
  const policy = `rules/${stage}.suppression.yml`;
  const yaml = existsSync(join(root, policy)) ? readText(policy) : "";
  writeFileSync(join(to, "suppression.json"), packSuppressionFile(readSuppressionFile(yaml, policy), policy));
}

/** A stage without rules of its own has those of dev, so that it can be tried; who packages is told. */
function rulesOf(stage: string): string {
  const own = `rules/${stage}.yml`;
  if (existsSync(join(root, own))) return own;
  console.error(`Note: there is no ${own}: the rules of rules/dev.yml are packed in its place`);
  return "rules/dev.yml";
}

function readText(source: string): string {
  try {
    return readFileSync(join(root, source), "utf8");
  } catch (cause) {
    throw new ConfigurationError(`${source} cannot be read`, {
      cause,
    });
  }
}
