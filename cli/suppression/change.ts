import { userInfo } from "node:os";
import { type ChangeSuppression, createChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import type { SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { loadPolicy } from "../load-policy.ts";
import { SILENT_LOG } from "../silent-log.ts";
import type { OpenTable, TableOptions } from "./open-table.ts";

/** What every command that changes the table is told. */
export interface ChangeOptions extends TableOptions {
  readonly json?: true;
  readonly who?: string;
  /** The suppression file. */
  readonly policy?: string;
}

/** What persons do to an open table. */
export function changesOf({ table }: OpenTable, policy: SuppressionPolicy): ChangeSuppression {
  return createChangeSuppression({ table, clock: systemClock, policy, log: SILENT_LOG });
}

/** The policy of the suppression file. */
export function policyOf({ policy }: ChangeOptions): SuppressionPolicy {
  return loadPolicy(policy).policy;
}

/** Who is kept as having done it. */
export function whoOf({ who }: ChangeOptions): string {
  return who ?? userName();
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // The system has no name for this user, as in a container that runs under any number.
    return `user ${process.getuid?.() ?? "without a name"}`;
  }
}
