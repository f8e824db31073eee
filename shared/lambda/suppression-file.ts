import { readFileSync } from "node:fs";
import { ConfigurationError, errorCode } from "../errors.ts";
import { unpackSuppressionFile } from "../suppression/policy-file/packed-suppression-file.ts";
import { NO_SUPPRESSION_FILE, type SuppressionFile } from "../suppression/policy-file/suppression-file.ts";
import type { DeployedFile } from "./config.ts";

/**
 * Reads the suppression policy that was packed beside a function: the default one when there is no file and none was named.
 *
 * @param config of the function; its key for return paths becomes part of the trust
 * @throws {ConfigurationError} when a file that was named is not there, or one that is there cannot be read or is not as it was packed
 */
export function readDeployedSuppressionFile(config: {
  readonly suppressionFile: DeployedFile;
  readonly verpKey?: string | undefined;
}): SuppressionFile {
  const { policy, trust } = read(config.suppressionFile);
  return { policy, trust: { ...trust, verpKey: config.verpKey } };
}

function read({ path, named }: DeployedFile): SuppressionFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (!named && errorCode(cause) === "ENOENT") return NO_SUPPRESSION_FILE;
    const message = `The packed suppression file "${path}" cannot be read; MAILROOM_SUPPRESSION_FILE says where it is`;
    throw new ConfigurationError(message, { cause });
  }
  return unpackSuppressionFile(text, path);
}
