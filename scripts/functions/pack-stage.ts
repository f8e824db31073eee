import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rulesFileOfStage } from "../../cli/load-rules.ts";
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
  const source = rulesFileOfStage(stage, root);
  const own = `rules/${stage}.yml`;
  if (source !== own) console.error(`Note: there is no ${own}: the rules of ${source} are packed in its place`);
  writeFileSync(join(to, "rules.json"), packRules(readRules(readText(source), source, topics), source));
  const policy = `rules/${stage}.suppression.yml`;
  const yaml = existsSync(join(root, policy)) ? readText(policy) : "";
  writeFileSync(join(to, "suppression.json"), packSuppressionFile(readSuppressionFile(yaml, policy), policy));
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
