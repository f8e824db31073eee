import { RulesFileError } from "../errors.ts";
import { type FileKind, readCheckedFile } from "../yaml/read-checked-file.ts";
import { checkSchema } from "../yaml/schema/check-schema.ts";
import type { Checked } from "../yaml/schema/finding.ts";
import { MAX_RULES_FILE_LENGTH } from "./limits.ts";
import type { RulesFile } from "./rules-file.ts";
import { checkRules } from "./schema/check-rules.ts";
import { checkTopics } from "./schema/check-topics.ts";
import { checkTotals } from "./schema/check-totals.ts";
import { rulesFileSchema } from "./schema/rules-file-schema.ts";

/**
 * Reads a rules file: YAML 1.2, checked, with defaults filled in and short forms written out.
 *
 * @param yaml the text of the file
 * @param file its name, for the messages
 * @param topics the short names of the topics that there are, where they are known: a rule that alerts another is a problem
 * @throws {RulesFileError} with every problem of the file, in its order
 */
export function readRules(yaml: string, file: string, topics?: readonly string[]): RulesFile {
  const reading = readCheckedFile(yaml, rulesKind(topics));
  if ("value" in reading) return reading.value;
  throw new RulesFileError(file, reading.problems);
}

function rulesKind(topics: readonly string[] | undefined): FileKind<RulesFile> {
  return {
    maxLength: MAX_RULES_FILE_LENGTH,
    notEmpty: "a mapping with the key rules",
    check(value) {
      const checked = checkFile(value);
      if ("findings" in checked || topics === undefined) return checked;
      const findings = checkTopics(checked.value, topics);
      return findings.length > 0 ? { findings } : checked;
    },
  };
}

function checkFile(value: unknown): Checked<RulesFile> {
  const totals = checkTotals(value);
  if (totals.length > 0) return { findings: totals };
  const schema = checkSchema(rulesFileSchema, value);
  const findings = [...("findings" in schema ? schema.findings : []), ...checkRules(value)];
  return findings.length > 0 ? { findings } : schema;
}
