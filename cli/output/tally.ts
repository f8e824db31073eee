import type { PrintedFeedback } from "../../shared/feedback/printed-feedback.ts";
import type { MailRecord, Outcome, RecordedAction } from "../../shared/inbound/record.ts";
import type { Problem, ProblemCode } from "../../shared/message/problems.ts";
import type { SkipReason } from "../sources/list-mails.ts";

/** What a run counts as it goes: a few numbers, however many mails there are. */
export interface Tally {
  mails: number;
  matched: number;
  readonly outcomes: Map<Outcome, number>;
  readonly rules: Map<string, number>;
  /** Alerts by what became of them. */
  readonly alerts: Map<RecordedAction["status"], number>;
  /** What mails tell of mails of ours, by kind. */
  readonly reports: Map<PrintedFeedback["kind"], number>;
  unbelievedReports: number;
  /** Mails by problem. */
  readonly problems: Map<ProblemCode, number>;
  /** Mails with a verdict block that was not believed. */
  unbelieved: number;
  readonly skipped: Map<SkipReason, number>;
  /** Paths, files and mails that could not be read, and effects that did not happen. */
  failures: number;
  /** Bytes read or passed over, for the progress bar. */
  bytes: number;
}

export function createTally(): Tally {
  return {
    mails: 0,
    matched: 0,
    outcomes: new Map(),
    rules: new Map(),
    alerts: new Map(),
    reports: new Map(),
    unbelievedReports: 0,
    problems: new Map(),
    unbelieved: 0,
    skipped: new Map(),
    failures: 0,
    bytes: 0,
  };
}

export function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function addRecord(tally: Tally, record: MailRecord): void {
  if (record.matches.length > 0) tally.matched += 1;
  if (!record.verdictsTrusted && Object.keys(record.verdicts).length > 0) tally.unbelieved += 1;
  add(tally.outcomes, record.outcome);
  for (const { rule } of record.matches) add(tally.rules, rule);
  for (const { status } of record.actions) add(tally.alerts, status);
  for (const { kind, trusted } of record.feedback) {
    add(tally.reports, kind);
    if (!trusted) tally.unbelievedReports += 1;
  }
  addProblems(tally, record.problems);
}

/** A mail counts once for each code, however often it has that problem. */
export function addProblems(tally: Tally, problems: readonly Problem[]): void {
  for (const code of new Set(problems.map((problem) => problem.code))) add(tally.problems, code);
}
