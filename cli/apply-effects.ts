import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PublishError } from "../shared/errors.ts";
import { type ActPorts, act } from "../shared/inbound/act.ts";
import type { Evaluation } from "../shared/inbound/decide.ts";
import type { MailRecord } from "../shared/inbound/record.ts";
import { sqliteMailLog } from "../shared/local/sqlite-mail-log.ts";
import { terminalAlerts } from "../shared/local/terminal-alerts.ts";
import { reasonOf } from "./output/reason.ts";
import { usageError } from "./usage-error.ts";

/** What became of an evaluation; `failure` says what did not happen, and the record which actions are still due. */
export interface Applied {
  readonly record: MailRecord;
  readonly failure?: string;
}

/**
 * Opens the local effects: alerts are written as lines, records are kept in one SQLite file, which is made with its folder when
 * there is none.
 *
 * @throws {UsageError} when its folder cannot be made
 * @throws {ConfigurationError} when it is no database of ours
 */
export function openLocalEffects(stateFile: string, write: (line: string) => void): ActPorts & { close(): void } {
  makeFolder(dirname(stateFile));
  const mailLog = sqliteMailLog(stateFile);
  const alerts = terminalAlerts((text) => {
    for (const line of text.split("\n")) write(line);
  });
  return { alerts, mailLog, close: () => mailLog.close() };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw usageError(`cannot make the folder ${folder}`, error);
  }
}

/** Makes an evaluation's effects happen. Never rejects: what failed is told, and the next mail goes on. */
export async function applyEffects(evaluation: Evaluation, ports: ActPorts): Promise<Applied> {
  try {
    return { record: await act(evaluation, ports) };
  } catch (error) {
    const failed = error instanceof PublishError ? new Set(error.failedIds) : undefined;
    const actions = evaluation.record.actions.map((action) =>
      failed === undefined || failed.has(action.id) ? action : ({ ...action, status: "done" } as const),
    );
    return { record: { ...evaluation.record, actions }, failure: reasonOf(error) };
  }
}
