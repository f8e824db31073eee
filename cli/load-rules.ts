import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError, usageError } from "./usage-error.ts";

/** Where a rules file is looked for when none is named. */
const DEFAULT_FILES = ["rules.yml", "samples/rules.yml"];

export interface RulesText {
  readonly file: string;
  readonly yaml: string;
}

/**
 * The text of the rules file that was named, else of the first default one that there is in the folder.
 *
 * @throws {UsageError} when there is none, or it cannot be read
 */
export function loadRules(named: string | undefined, folder = "."): RulesText {
  const file = named ?? DEFAULT_FILES.find((name) => existsSync(resolve(folder, name)));
  if (file === undefined) {
    throw new UsageError(`no rules file: there is no ${DEFAULT_FILES.join(" or ")} here, and none was named`);
  }
  try {
    return { file, yaml: readFileSync(resolve(folder, file), "utf8") };
  } catch (error) {
    throw usageError(`cannot read the rules file ${file}`, error);
  }
}

/** The rules that a stage is deployed with: its own, else those of dev, so that it can be tried. Seen from the project's folder. */
export function rulesFileOfStage(stage: string, project = "."): string {
  const own = `rules/${stage}.yml`;
  return existsSync(resolve(project, own)) ? own : "rules/dev.yml";
}
