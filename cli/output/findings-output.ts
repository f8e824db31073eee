import { type Finding, LEVELS, type Level } from "../doctor/finding.ts";
import type { Colours } from "./colours.ts";
import { plural } from "./count.ts";
import { printable } from "./printable.ts";

/** One finding as `doctor --json` prints it: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedFinding({ check, level, what, why, mend = [] }: Finding) {
  return { check, level, what, why: why ?? null, mend: mend.length === 0 ? null : mend.join("\n") };
}

const HEADINGS: Readonly<Record<Level, string>> = {
  error: "Errors",
  warning: "Warnings",
  info: "Good to know",
  ok: "In order",
};

/** All findings for a person: the worst first, and those of one level in the order of the checks. */
export function findingLines(findings: readonly Finding[], { bold, dim }: Colours): string {
  const groups = LEVELS.map((level) => findings.filter((finding) => finding.level === level)).filter(
    (group) => group.length > 0,
  );
  return groups
    .map((group) => {
      const heading = bold(HEADINGS[group[0]?.level ?? "ok"]);
      return [heading, ...group.flatMap((finding) => lines(finding, dim))].map((line) => `${line}\n`).join("");
    })
    .join("\n");
}

const CHECK_WIDTH = 19;
const MARGIN = " ".repeat(2 + CHECK_WIDTH + 2);

/** A policy's statement or a DNS record is shown whole: it is to be copied. */
const MAX_LINE = 2_000;

function lines({ check, what, why, mend = [] }: Finding, dim: (text: string) => string): readonly string[] {
  return [
    `  ${check.padEnd(CHECK_WIDTH)}  ${printable(what, MAX_LINE)}`,
    ...(why === undefined ? [] : [`${MARGIN}${dim(printable(why, MAX_LINE))}`]),
    ...mend.map((line) => `${MARGIN}${printable(line, MAX_LINE)}`),
  ];
}

export function findingsSummary(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return `${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}, ${count("ok")} in order`;
}
