import type { ReceiptRule } from "../../shared/receipt/receipt-rule.ts";
import type { RuleSetStep } from "../rules-set/plan.ts";
import { printable } from "./printable.ts";

/** What became of a step. `left`: one before it failed. */
export type StepStatus = "planned" | "done" | "failed" | "left";

/** One step as `--json` prints it: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedStep(step: RuleSetStep, status: StepStatus) {
  return {
    do: step.do,
    set: step.set,
    rule: "rule" in step ? step.rule.name : null,
    after: "after" in step ? (step.after ?? null) : null,
    stops: "stops" in step ? step.stops.map(({ name, recipients }) => ({ rule: name, recipients })) : [],
    status,
  };
}

const STATUS: Readonly<Record<StepStatus, string>> = {
  planned: "",
  done: "",
  failed: " [failed]",
  left: " [not done]",
};

/** One step for a person, and the rules that stop with it on lines of their own. */
export function stepLines(step: RuleSetStep, status: StepStatus): string {
  const stops = "stops" in step ? step.stops.map((rule) => line("stops", ruleLine(rule))) : [];
  const verb = VERBS[step.do][status === "done" ? "done" : "planned"];
  return [line(verb, printable(objectOf(step)) + STATUS[status]), ...stops].join("");
}

const VERBS: Readonly<Record<RuleSetStep["do"], { readonly planned: string; readonly done: string }>> = {
  activate: { planned: "activate", done: "activated" },
  deactivate: { planned: "deactivate", done: "deactivated" },
  add: { planned: "add", done: "added" },
  update: { planned: "update", done: "updated" },
  move: { planned: "move", done: "moved" },
  takeOut: { planned: "take out", done: "taken out" },
};

function objectOf(step: RuleSetStep): string {
  switch (step.do) {
    case "activate":
      return step.insteadOf === undefined ? step.set : `${step.set} in the place of ${step.insteadOf}`;
    case "deactivate":
      return `${step.set}, and no other rule set in its place`;
    case "add":
      return `${step.rule.name} to ${step.set}, ${placeAfter(step.after)}`;
    case "update":
      return `${step.rule.name} in ${step.set}`;
    case "move":
      return `${step.rule.name} in ${step.set}, ${placeAfter(step.after)}`;
    case "takeOut":
      return `${step.rule.name} of ${step.set}`;
  }
}

function placeAfter(rule: string | undefined): string {
  return rule === undefined ? "before all other rules" : `after ${rule}`;
}

function line(label: string, text: string): string {
  return `${label.padEnd(11)}  ${text}\n`;
}

/** A rule and whose mail it takes, for a person. */
export function ruleLine({ name, enabled, recipients }: Pick<ReceiptRule, "name" | "enabled" | "recipients">): string {
  const whose = recipients.length === 0 ? EVERYBODY : recipients.map(recipientWords).join(", ");
  return printable(`${name}: ${whose}${enabled ? "" : " (disabled)"}`, MAX_RULE_LINE);
}

/** A rule may have 500 recipients: `--json` has them all. */
const MAX_RULE_LINE = 1_000;

const EVERYBODY = "every recipient of every verified domain";

/** What a condition of SES covers, for somebody who did not write it (SES fact 1.6). */
export function recipientWords(condition: string): string {
  if (condition.startsWith(".")) return `every address at subdomains of ${condition.slice(1)}`;
  return condition.includes("@") ? condition : `every address at ${condition}`;
}
