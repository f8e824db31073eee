import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../shared/errors.ts";

/** Bytes of mails that are taken: what is measured in each round must not take minutes. */
const MOST = 20 * 1024 * 1024;

/**
 * The mails of a folder and of those in it, up to 20 MB together, spread over all of it.
 *
 * @throws {ConfigurationError} when there is none
 */
export function corpusMails(folder: string): readonly Buffer[] {
  const files = filesOf(folder).sort();
  const mails = files.map((file) => readFileSync(file)).filter(isMail);
  if (mails.length === 0) throw new ConfigurationError(`"${folder}" has no mails to measure with`);
  const bytes = mails.reduce((sum, { length }) => sum + length, 0);
  const step = Math.ceil(bytes / MOST);
  return mails.filter((_, at) => at % step === 0);
}

function filesOf(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch (cause) {
    throw new ConfigurationError(`"${folder}" cannot be read: expected a folder of mails`, { cause });
  }
}

/** As mails begin: a field, or the line of an mbox. */
function isMail(bytes: Buffer): boolean {
  return /^(?:From |[!-9;-~]{1,60}:)/.test(bytes.toString("latin1", 0, 80));
}
