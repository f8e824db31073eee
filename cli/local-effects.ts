import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { ActPorts } from "../shared/inbound/act.ts";
import { sqliteMailLog } from "../shared/local/sqlite-mail-log.ts";
import { terminalAlerts } from "../shared/local/terminal-alerts.ts";
import { usageError } from "./usage-error.ts";

/**
 * Opens the local effects: alerts are written as lines, records are kept in one SQLite file, which is made with its folder when
 * there is none.
 *
 * @throws {UsageError} when its folder cannot be made
 * @throws {ConfigurationError} when it is no database of ours
 */
export function openLocalEffects(stateFile: string, writeLine: (line: string) => void): ActPorts & { close(): void } {
  makeFolder(dirname(stateFile));
  const mailLog = sqliteMailLog(stateFile);
  return { alerts: terminalAlerts(writeLine), mailLog, close: mailLog.close };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw usageError(`cannot make the folder ${folder}`, error);
  }
}
