import { PROBLEM_CODES } from "../../shared/message/problems.ts";
import { count } from "./count.ts";
import type { Tally } from "./tally.ts";

/** More rules than fit on a screen are cut: `--json` has them all. */
const MAX_RULES = 20;

const SKIPPED: Readonly<Record<string, string>> = {
  notAMail: "files that do not begin like a mail (--all takes them)",
  linkedFolder: "symbolic links to folders, not followed",
  special: "neither files nor folders",
};

const ALERTS: Readonly<Record<string, string>> = {
  planned: "alerts planned",
  done: "alerts published",
  skipped: "alerts published before, not again",
};

const UNBELIEVED = "with verdicts that anybody can have written (--trust-headers believes them)";

type Row = readonly [number, string];

/** The closing table, one line each: how many mails, what they matched, what was wrong, and what was left out. */
export function summaryLines(tally: Tally, seconds: number): string[] {
  const rate = seconds > 0 ? `, ${count(Math.round(tally.mails / seconds))} mails/s` : "";
  const table: Row[] = [
    [tally.mails, `mail${tally.mails === 1 ? "" : "s"} read in ${seconds.toFixed(1)} s${rate}`],
    ...rows(tally.outcomes, "  "),
    ...rowIf(tally.outcomes.size > 0, tally.matched, "matched"),
    ...ruleRows(tally.rules),
    ...rows(tally.alerts, "", ALERTS),
    ...[...tally.problems]
      .sort(byCount)
      .map(([code, number]): Row => [number, `with a problem: ${PROBLEM_CODES[code]}`]),
    ...rowIf(tally.unbelieved > 0, tally.unbelieved, UNBELIEVED),
    ...rows(tally.skipped, "skipped: ", SKIPPED),
    ...rowIf(tally.failures > 0, tally.failures, "failed, as said above"),
  ];
  return table.map(([number, words]) => `${count(number).padStart(9)}  ${words}`);
}

function rowIf(wanted: boolean, number: number, words: string): Row[] {
  return wanted ? [[number, words]] : [];
}

function rows(
  counts: ReadonlyMap<string, number>,
  before: string,
  words: Readonly<Record<string, string>> = {},
): Row[] {
  return [...counts].sort(byCount).map(([key, number]) => [number, `${before}${words[key] ?? key}`]);
}

function ruleRows(rules: ReadonlyMap<string, number>): Row[] {
  const all = rows(rules, "  rule ");
  const more = all.slice(MAX_RULES);
  return more.length === 0
    ? all
    : [...all.slice(0, MAX_RULES), [more.reduce((sum, [number]) => sum + number, 0), `  in ${more.length} more rules`]];
}

function byCount([a, x]: readonly [string, number], [b, y]: readonly [string, number]): number {
  return y - x || (a < b ? -1 : 1);
}
