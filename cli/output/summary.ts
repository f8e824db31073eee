import type { PrintedFeedback } from "../../shared/feedback/printed-feedback.ts";
import type { RecordedAction } from "../../shared/inbound/record.ts";
import { PROBLEM_CODES } from "../../shared/message/problems.ts";
import type { SkipReason } from "../sources/list-mails.ts";
import { count } from "./count.ts";
import type { Tally } from "./tally.ts";

/** More rules than fit on a screen are cut: `--json` has them all. */
const MAX_RULES = 20;

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  notAMail: "skipped: does not begin like a mail (--all takes it)",
  linkedFolder: "skipped: symbolic link to a folder, not followed",
  special: "skipped: neither a file nor a folder",
};

/** What a summary says otherwise of mails on this machine and of those of a deployment. */
export interface SummaryWords {
  /** By what became of them. An alert that is still planned at the end failed, where alerts were to be published at all. */
  readonly alerts: Readonly<Record<RecordedAction["status"], { dryRun: string; applied: string }>>;
  readonly unbelieved: string;
}

const LOCAL: SummaryWords = {
  alerts: {
    planned: { dryRun: "planned", applied: "NOT printed" },
    done: { dryRun: "printed", applied: "printed" },
    skipped: { dryRun: "printed before, not again", applied: "printed before, not again" },
  },
  unbelieved: "with verdicts in its own headers: a PASS was not believed (--trust-headers believes it)",
};

export const REPORTS: Readonly<Record<PrintedFeedback["kind"], readonly [one: string, more: string]>> = {
  bounce: ["bounce", "bounces"],
  complaint: ["complaint", "complaints"],
  delay: ["delay", "delays"],
  delivery: ["delivery", "deliveries"],
};

const UNBELIEVED_REPORTS = "  not believed: nothing proves who wrote it, so it suppresses nobody";

export type SummaryRow = readonly [number, string];

/**
 * The closing table, one line each: how many mails, what they matched, what was wrong, and what was left out.
 *
 * @param more rows before what was left out
 */
export function summaryLines(
  tally: Tally,
  seconds: number,
  applied = false,
  words = LOCAL,
  more: readonly SummaryRow[] = [],
): string[] {
  const { mails, matched, outcomes, rules, alerts, reports, problems, unbelieved, skipped, failures } = tally;
  const rate = seconds > 0 ? `, ${count(Math.round(mails / seconds))} mails/s` : "";
  const table: readonly SummaryRow[] = [
    [mails, `mail${ending(mails)} read in ${seconds.toFixed(1)} s${rate}`],
    ...rows(outcomes, (outcome) => `  ${outcome}`),
    ...rowIf(outcomes.size > 0, matched, "matched"),
    ...ruleRows(rules),
    ...rows(
      alerts,
      (status, number) => `alert${ending(number)} ${words.alerts[status][applied ? "applied" : "dryRun"]}`,
    ),
    ...rows(reports, (kind, number) => `${REPORTS[kind][number === 1 ? 0 : 1]} told by a mail`),
    ...rowIf(tally.unbelievedReports > 0, tally.unbelievedReports, UNBELIEVED_REPORTS),
    ...rows(problems, (code) => `with a problem: ${PROBLEM_CODES[code]}`),
    ...rowIf(unbelieved > 0, unbelieved, words.unbelieved),
    ...more,
    ...rows(skipped, (why) => SKIPPED[why]),
    ...rowIf(failures > 0, failures, "failed, as said above"),
  ];
  return table.map(([number, what]) => `${count(number).padStart(9)}  ${what}`);
}

export function rowIf(wanted: boolean, number: number, words: string): SummaryRow[] {
  return wanted ? [[number, words]] : [];
}

/** One row for each key, the most frequent first. */
function rows<Key extends string>(
  counts: ReadonlyMap<Key, number>,
  words: (key: Key, number: number) => string,
): SummaryRow[] {
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([key, number]) => [number, words(key, number)]);
}

function ruleRows(rules: ReadonlyMap<string, number>): SummaryRow[] {
  const all = rows(rules, (rule) => `  rule ${rule}`);
  const more = all.slice(MAX_RULES);
  if (more.length === 0) return all;
  const sum = more.reduce((total, [number]) => total + number, 0);
  return [...all.slice(0, MAX_RULES), [sum, `  in ${more.length} more rule${ending(more.length)}`]];
}

function ending(number: number): string {
  return number === 1 ? "" : "s";
}
