import { RulesFileError } from "../errors.ts";
import { type FileKind, readCheckedFile } from "../yaml/read-checked-file.ts";
import { checkSchema } from "../yaml/schema/check-schema.ts";
import { MAX_RULES_FILE_LENGTH } from "./limits.ts";
import type { RulesFile } from "./rules-file.ts";
import { checkRules } from "./schema/check-rules.ts";
import { checkTotals } from "./schema/check-totals.ts";
import { rulesFileSchema } from "./schema/rules-file-schema.ts";

/**
 * Reads a rules file: YAML 1.2, checked, with defaults filled in and short forms written out.
 *
 * @param yaml the text of the file
 * @param file its name, for the messages
 * @throws {RulesFileError} with every problem of the file, in its order
 */
export function readRules(yaml: string, file: string): RulesFile {
  const reading = readCheckedFile(yaml, RULES);
  if ("value" in reading) return reading.value;
  throw new RulesFileError(file, reading.problems);
}

const RULES: FileKind<RulesFile> = {
  maxLength: MAX_RULES_FILE_LENGTH,
  notEmpty: "a mapping with the key rules",
  check(value) {
    const totals = checkTotals(value);
    if (totals.length > 0) return { findings: totals };
    const schema = checkSchema(rulesFileSchema, value);
    const findings = [...("findings" in schema ? schema.findings : []), ...checkRules(value)];
    return findings.length > 0 ? { findings } : schema;
  },
};
