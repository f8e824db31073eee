import type { WorkPorts } from "../shared/inbound/work-on-mail.ts";
import { terminalAlerts } from "../shared/local/terminal-alerts.ts";
import type { SuppressionPolicy } from "../shared/suppression/policy.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemClock } from "../shared/system-clock.ts";
import { systemRun } from "../shared/system-run.ts";
import { openState } from "./open-state.ts";
import { SILENT_LOG } from "./silent-log.ts";

/**
 * Opens the local effects: alerts are written as lines; records and suppressed addresses are kept in one SQLite file, which is made with
 * its folder when there is none.
 *
 * @param policy which reports about mails of ours suppress an address
 * @throws {UsageError} when its folder cannot be made
 * @throws {ConfigurationError} when it is no state file of ours
 */
export function openLocalEffects(
  stateFile: string,
  policy: SuppressionPolicy,
  writeLine: (line: string) => void,
): WorkPorts & { close(): void } {
  const { mailLog, suppressionTable: table, close } = openState(stateFile);
  const recordFeedback = createRecordFeedback({ table, clock: systemClock, policy, log: SILENT_LOG });
  return { alerts: terminalAlerts(writeLine), mailLog, recordFeedback, ...systemRun, close };
}
