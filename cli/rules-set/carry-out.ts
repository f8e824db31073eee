import { isDeepStrictEqual } from "node:util";
import { RuleSetContentionError } from "../../shared/errors.ts";
import type { ReceiptRuleSets } from "../../shared/ports.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { jsonLine } from "../output/printable.ts";
import { printedStep, type StepStatus, stepLines } from "../output/rules-set-output.ts";
import { reasonOf } from "../reason.ts";
import type { Before } from "./before.ts";
import type { Place } from "./open-place.ts";
import type { Change, Plan, RuleSetStep } from "./plan.ts";

export interface CarryOutOptions {
  readonly apply?: true;
  readonly json?: true;
}

/** What a plan is told to and carried out in. */
interface Run extends CarryOutOptions {
  readonly place: Place;
  readonly console: Console;
}

/**
 * Tells a plan, and with `apply` carries it out.
 *
 * @param kept what was kept of earlier changes when the plan was made
 * @returns the exit status
 */
export async function carryOut(plan: Plan, kept: Before | undefined, run: Run): Promise<number> {
  const { apply, console } = run;
  if (plan.kind !== "change") {
    const isRefused = plan.kind === "refused";
    for (const [at, line] of plan.why.entries()) console.say(isRefused && at === 0 ? `mailroom: ${line}` : line);
    return isRefused ? EXIT.failed : EXIT.done;
  }
  for (const warning of plan.warnings) console.say(`mailroom: ${warning}`);
  if (apply) return change(plan, kept, run);
  for (const step of plan.steps) await print(step, "planned", run);
  console.say("Dry run: nothing was changed. --apply makes the change.");
  return EXIT.done;
}

async function change(plan: Change, kept: Before | undefined, run: Run): Promise<number> {
  const { place, console } = run;
  if (plan.before !== undefined && !isDeepStrictEqual(plan.before, kept)) await place.kept.write(plan.before);
  let hasFailed = false;
  for (const step of plan.steps) {
    const status: StepStatus = hasFailed ? "left" : await take(step, plan, run);
    hasFailed ||= status === "failed";
    await print(step, status, run);
  }
  if (hasFailed) return EXIT.failed;
  if (plan.afterwards !== undefined) await place.kept.write(plan.afterwards);
  if (plan.undo !== undefined) console.say(`To put back what was before: ${plan.undo}`);
  return EXIT.done;
}

function print(step: RuleSetStep, status: StepStatus, { json, console }: Run): Promise<boolean> {
  return console.print(json ? jsonLine(printedStep(step, status)) : stepLines(step, status));
}

async function take(step: RuleSetStep, plan: Change, { place, console }: Run): Promise<"done" | "failed"> {
  try {
    await effectOf(step, plan, place.sets);
    return "done";
  } catch (error) {
    console.say(`mailroom: ${reasonOf(error)}`);
    return "failed";
  }
}

async function effectOf(step: RuleSetStep, plan: Change, sets: ReceiptRuleSets): Promise<void> {
  // What is taken out is ours, whichever set is active.
  if (step.do !== "takeOut") await refuseWhenChanged(plan, sets);
  switch (step.do) {
    case "activate":
      return sets.activate(step.set);
    case "deactivate":
      return sets.activate(undefined);
    case "add":
      return sets.addRule(step.set, step.rule, step.after);
    case "update":
      return sets.updateRule(step.set, step.rule);
    case "move":
      return sets.moveRule(step.set, step.rule.name, step.after);
    case "takeOut":
      return sets.removeRule(step.set, step.rule.name);
  }
}

/** SES takes no condition, so we look as late as we can: trap 1.19 is to take the place of a set that nobody looked at. */
async function refuseWhenChanged({ seen }: Change, sets: ReceiptRuleSets): Promise<void> {
  const now = (await sets.active())?.name;
  if (now !== seen) throw new RuleSetContentionError(`The active rule set, now ${now ?? "none"},`);
}
