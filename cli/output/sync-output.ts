import type { SyncStep } from "../../shared/suppression/plan-sync.ts";
import type { Ending } from "../exit-status.ts";
import { count } from "./count.ts";
import { printable } from "./printable.ts";

/** What became of a step. `left`: there is nothing to be done without a person. */
export type StepStatus = "planned" | "done" | "left" | "failed";

/** What a run counts. */
export interface SyncTally extends Record<StepStatus, number> {
  readonly suppressed: number;
  readonly onlyListed: number;
}

/** One step as `sync --json` prints it: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedStep(step: SyncStep, status: StepStatus) {
  return {
    do: step.do,
    address: step.address,
    spellings: "spellings" in step ? step.spellings : "spelling" in step ? [step.spelling] : [],
    reason: "reason" in step ? step.reason : null,
    why: step.why,
    status,
  };
}

const VERBS: Readonly<Record<SyncStep["do"], string>> = {
  import: "suppress here",
  lift: "lift here",
  put: "put on SES's list",
  remove: "take off SES's list",
  leave: "leave as it is",
};

/** One step for a person. */
export function stepLine(step: SyncStep, status: StepStatus): string {
  const reason = "reason" in step ? ` as ${step.reason}` : "";
  const others = "spellings" in step && step.spellings.length > 1 ? ` (${step.spellings.length} spellings)` : "";
  return `${VERBS[step.do].padEnd(19)}  ${printable(step.address)}${reason}${others}: ${printable(step.why)}${status === "failed" ? " [failed]" : ""}\n`;
}

export function syncSummary(tally: SyncTally, ending: Ending, { apply }: { readonly apply?: true }): string[] {
  if (ending === "closed") return [];
  const table: readonly (readonly [number, string])[] = [
    [tally.suppressed, "suppressed in the table"],
    [tally.onlyListed, "on SES's list alone"],
    [tally.planned, "to be changed"],
    [tally.done, "changed"],
    [tally.left, "left for a person to say"],
    [tally.failed, "failed, as said above"],
  ];
  return [
    ...(ending === "interrupted" ? ["Interrupted: the rest was not changed."] : []),
    ...table
      .filter(([number], at) => at < 2 || number > 0)
      .map(([number, words]) => `${count(number).padStart(9)}  ${words}`),
    ...(tally.planned > 0 ? ["Dry run: nothing was changed. --apply makes the changes."] : []),
    ...(tally.planned + tally.left + tally.done + tally.failed === 0 ? ["There is nothing to be changed."] : []),
    ...(apply && ending === "finished" && tally.failed > 0
      ? ["The same command again tries once more what failed."]
      : []),
  ];
}
