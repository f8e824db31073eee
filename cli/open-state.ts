import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { openStateFile, type StateFile } from "../shared/local/state-file.ts";
import { usageError } from "./usage-error.ts";

/**
 * Opens a state file; it is made with its folder when there is none.
 *
 * @throws {UsageError} when its folder cannot be made
 * @throws {ConfigurationError} when it is no state file of ours
 */
export function openState(path: string): StateFile {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw usageError(`cannot make the folder ${folder}`, error);
  }
  return openStateFile(path);
}
