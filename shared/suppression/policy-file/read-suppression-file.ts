import { SuppressionFileError } from "../../errors.ts";
import { type FileKind, readCheckedFile } from "../../yaml/read-checked-file.ts";
import { checkSchema } from "../../yaml/schema/check-schema.ts";
import { MAX_SUPPRESSION_FILE_LENGTH } from "./limits.ts";
import type { SuppressionFile } from "./suppression-file.ts";
import { suppressionFileSchema } from "./suppression-file-schema.ts";

/**
 * Reads a suppression file: YAML 1.2, checked, with everything that it leaves out as in the default policy. An empty file is
 * the default policy.
 *
 * @param yaml the text of the file
 * @param file its name, for the messages
 * @throws {SuppressionFileError} with every problem of the file, in its order
 */
export function readSuppressionFile(yaml: string, file: string): SuppressionFile {
  const reading = readCheckedFile(yaml, SUPPRESSION);
  if (!("value" in reading)) throw new SuppressionFileError(file, reading.problems);
  const { policy, trust } = reading.value;
  return { policy, trust };
}

const SUPPRESSION: FileKind<SuppressionFile> = {
  maxLength: MAX_SUPPRESSION_FILE_LENGTH,
  check: (value) => checkSchema(suppressionFileSchema, value ?? {}),
};
