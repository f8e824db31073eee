import { packFile, unpackFile } from "../../packed-file.ts";
import type { SuppressionFile } from "./suppression-file.ts";

/**
 * A checked suppression file as it lies beside a function.
 *
 * @param source where it was read: `rules/prod.suppression.yml`
 */
export function packSuppressionFile(file: SuppressionFile, source: string): string {
  return packFile("suppression", file, source);
}

/**
 * Reads a packed suppression file, with no YAML and no schema.
 *
 * @param file its name, for the messages
 * @throws {ConfigurationError} when it is not as it was packed
 */
export function unpackSuppressionFile(text: string, file: string): SuppressionFile {
  return unpackFile("suppression", text, file) as SuppressionFile;
}
