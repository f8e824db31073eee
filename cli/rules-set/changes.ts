import { commandLineFor } from "../deployment/command-line.ts";
import { outputsSchema } from "../deployment/outputs.ts";
import { type DeploymentOptions, readDeployment, readOutputs, stackOfStage } from "../deployment/read-deployment.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import type { Before } from "./before.ts";
import { type CarryOutOptions, carryOut } from "./carry-out.ts";
import type { Position } from "./merge-position.ts";
import { type Deployed, openPlace, type Place } from "./open-place.ts";
import type { Hint } from "./plan.ts";
import { planActivate } from "./plan-activate.ts";
import { planMerge } from "./plan-merge.ts";
import { planRestore } from "./plan-restore.ts";
import { readSituation } from "./situation.ts";

export type RestoreOptions = DeploymentOptions & CarryOutOptions;
export type ActivateOptions = RestoreOptions & { readonly switch?: true };
export type MergeOptions = RestoreOptions & { readonly position?: Position };

/** Makes our rule set the active one. */
export async function activate(options: ActivateOptions, console: Console): Promise<number> {
  using place = await openPlace(await readDeployment(options));
  const kept = await place.kept.read();
  const choices = { isSwitch: options.switch ?? false, hint: hintFor(options) };
  const plan = planActivate(await readSituation(place.own, place.sets), kept, choices);
  return carryOut(plan, kept, { ...options, place, console });
}

/** Puts our rule into the active set of somebody else, or brings it up to date there. */
export async function merge(options: MergeOptions, console: Console): Promise<number> {
  using place = await openPlace(await readDeployment(options));
  const kept = await place.kept.read();
  const choices = { position: options.position, hint: hintFor(options) };
  const plan = planMerge(await readSituation(place.own, place.sets), kept, choices);
  return carryOut(plan, kept, { ...options, place, console });
}

/** Puts back what was before. Where nothing of ours is, there is nothing to do. */
export async function restore(options: RestoreOptions, console: Console): Promise<number> {
  const deployed = await findDeployed(options);
  if (deployed === undefined) {
    console.say(`There is nothing to restore: there is no stack ${stackOfStage(options.stage)}.`);
    return EXIT.done;
  }
  using place = await openPlace(deployed);
  const kept = await place.kept.read();
  const situation = await readSituation(place.own, place.sets);
  const plan = planRestore(situation, kept, await knownSets(kept, place));
  return carryOut(plan, kept, { ...options, place, console });
}

const receiptOutputs = outputsSchema.pick({
  Region: true,
  ConfigBucket: true,
  ReceiptRuleSet: true,
  ReceiptRule: true,
  ProcessMailFunction: true,
});

/**
 * `undefined`: there is no stack. One that tells nothing of itself, because its deployment failed, may all the same have left its rule set behind, and
 * active; the names are those of infra/receipt-rules.yml.
 */
async function findDeployed(options: DeploymentOptions): Promise<Deployed | undefined> {
  const outputs = await readOutputs(options);
  if (outputs === undefined) return undefined;
  const stack = stackOfStage(options.stage);
  const untold = {
    ReceiptRuleSet: stack,
    ReceiptRule: `${stack}-store`,
    ProcessMailFunction: "",
    Region: options.region,
  };
  return receiptOutputs.safeParse(outputs).data ?? untold;
}

/** The sets that are named in what was kept, as far as they still are. */
async function knownSets(kept: Before | undefined, { sets }: Place) {
  const names = new Set(kept?.mergedInto);
  if (typeof kept?.activeBefore === "string") names.add(kept.activeBefore);
  const found = [];
  for (const name of names) found.push(await sets.find(name));
  return found.filter((set) => set !== undefined);
}

export function hintFor(options: DeploymentOptions): Hint {
  const commandLine = commandLineFor(options);
  return (words) => commandLine(`rules-set ${words}`);
}
