import type { Assessment } from "../rules-set/assess.ts";
import type { Situation } from "../rules-set/situation.ts";
import { printable } from "./printable.ts";
import { ruleLine } from "./rules-set-output.ts";

/** What `rules-set status --json` prints: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedStatus({ own, active }: Situation, assessment: Assessment, region: string) {
  const { standing, position, isCurrent, warnings, next } = assessment;
  return {
    region,
    standing,
    active: active?.name ?? null,
    ours: own.ReceiptRuleSet,
    rule: own.ReceiptRule,
    position: position ?? null,
    current: isCurrent ?? null,
    rules: (active?.rules ?? []).map(({ name, enabled, recipients }) => ({ name, enabled, recipients })),
    warnings,
    next,
  };
}

type PrintedStatus = ReturnType<typeof printedStatus>;

/** The same for a person. */
export function statusLines(status: PrintedStatus): string {
  const rules = status.rules.map((rule, at) => `${at + 1}. ${ruleLine(rule)}${at + 1 === status.position ? OURS : ""}`);
  return [
    ...labelled("active", [activeWords(status)]),
    ...labelled("rules", rules),
    ...labelled("warning", status.warnings),
    ...labelled("next", nextLines(status)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

const OURS = "  <- ours";

function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => `${(at === 0 ? label : "").padEnd(8)} ${printable(line, MAX_LINE)}`);
}

const MAX_LINE = 1_200;

function activeWords({ standing, active, ours, region, position, current, rules }: PrintedStatus): string {
  switch (standing) {
    case "none":
      return `no receipt rule set: SES receives no mail in ${region}`;
    case "active":
      return `${active}, the set of this deployment`;
    case "other":
      return `${active}, which is not ${ours}: no mail comes to Mailroom`;
    case "merged":
      return `${active}, with our rule as number ${position} of ${rules.length}${current === false ? ", not as it was deployed last" : ""}`;
  }
}

function nextLines({ next, standing, position }: PrintedStatus): readonly string[] {
  if (standing === "other" && next.length > 0)
    return ["put our rule among the others, which go on, or switch to our set, and they stop:", ...next];
  if (next.length > 0) return next;
  return position === null ? [] : ["nothing: mail comes to Mailroom"];
}
