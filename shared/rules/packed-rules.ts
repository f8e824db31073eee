import { packFile, unpackFile } from "../packed-file.ts";
import type { RulesFile } from "./rules-file.ts";

/**
 * A checked rules file as it lies beside a function.
 *
 * @param source where the rules were read: `rules/prod.yml`
 */
export function packRules(rules: RulesFile, source: string): string {
  return packFile("rules", rules, source);
}

/**
 * Reads packed rules, with no YAML and no schema.
 *
 * @param file its name, for the messages
 * @throws {ConfigurationError} when they are not as they were packed
 */
export function unpackRules(text: string, file: string): RulesFile {
  return unpackFile("rules", text, file) as RulesFile;
}
