import { type DeploymentOptions, readDeployment } from "../deployment/read-deployment.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { jsonLine } from "../output/printable.ts";
import { printedStatus, statusLines } from "../output/rules-set-status.ts";
import { assess } from "./assess.ts";
import { hintFor } from "./changes.ts";
import { openPlace } from "./open-place.ts";
import { readSituation } from "./situation.ts";

export type StatusOptions = DeploymentOptions & { readonly json?: true };

/** Tells which rule set is active, whose it is, and what to run so that mail comes to us. It changes nothing. */
export async function status(options: StatusOptions, console: Console): Promise<number> {
  const deployment = await readDeployment(options);
  using place = await openPlace(deployment);
  const situation = await readSituation(place.own, place.sets);
  const { next, ...assessment } = assess(situation);
  const printed = printedStatus(situation, { ...assessment, next: next.map(hintFor(options)) }, deployment.Region);
  await console.print(options.json ? jsonLine(printed) : statusLines(printed));
  return EXIT.done;
}
