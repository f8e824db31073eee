import {
  type ForgetSuppressionPorts,
  findKnown,
  forgetSuppression,
} from "../../shared/suppression/forget-suppression.ts";
import { findForgotten, randomSalt } from "../../shared/suppression/forgotten.ts";
import type { SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { systemClock } from "../../shared/system-clock.ts";
import type { Console } from "../output/console.ts";
import { forgettingLine, printedForgetting, type SuppressionStatus } from "../output/forget-output.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import type { OpenPlaces } from "./open-places.ts";

interface TableRun extends Pick<ForgetSuppressionPorts, "waitUntil"> {
  readonly address: string;
  readonly places: OpenPlaces;
  readonly policy: SuppressionPolicy;
  readonly console: Console;
  readonly apply?: true;
  readonly json?: true;
}

/**
 * Tells what the suppression table knows of the address and, with `apply`, removes it.
 *
 * @returns false when that failed, which was told
 */
export async function forgetInTable(run: TableRun): Promise<boolean> {
  const { address, places, policy, console, apply, json, waitUntil } = run;
  const { table } = places;
  if (table === undefined) {
    console.say("mailroom: without --table no suppression is looked for");
    return true;
  }
  const known = await findKnown(address, table);
  const isKnown = known.state !== undefined || known.evidence.length > 0;
  let status: SuppressionStatus = isKnown ? "planned" : "nothing";
  if (apply && isKnown) {
    try {
      await forgetSuppression(address, { table, policy, clock: systemClock, newSalt: randomSalt, waitUntil });
      status = "forgotten";
    } catch (error) {
      console.say(`mailroom: the suppression was not removed: ${reasonOf(error)}`);
      status = "failed";
    }
  }
  const kept = status === "forgotten" ? await findForgotten(address, table) : undefined;
  const printed = printedForgetting(address, known, status, kept, systemClock.now());
  await console.print(json ? jsonLine(printed) : forgettingLine(printed));
  return status !== "failed";
}
