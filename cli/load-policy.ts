import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readSuppressionFile } from "../shared/suppression/policy-file/read-suppression-file.ts";
import { NO_SUPPRESSION_FILE, type SuppressionFile } from "../shared/suppression/policy-file/suppression-file.ts";
import { usageError } from "./usage-error.ts";

const DEFAULT_FILE = "suppression.yml";

/**
 * The suppression file that was named, else `suppression.yml` of the folder, else the default policy.
 *
 * @throws {UsageError} when it cannot be read
 * @throws {SuppressionFileError} with every problem of the file
 */
export function loadPolicy(named: string | undefined, folder = "."): SuppressionFile {
  const file = named ?? DEFAULT_FILE;
  const path = resolve(folder, file);
  if (named === undefined && !existsSync(path)) return NO_SUPPRESSION_FILE;
  let yaml: string;
  try {
    yaml = readFileSync(path, "utf8");
  } catch (error) {
    throw usageError(`cannot read the suppression file ${file}`, error);
  }
  return readSuppressionFile(yaml, file);
}
