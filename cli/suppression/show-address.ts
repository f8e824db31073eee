import type { SuppressionTable } from "../../shared/ports.ts";
import { effectiveTime } from "../../shared/suppression/effective-time.ts";
import { findSuppression } from "../../shared/suppression/forgotten.ts";
import { type Evidence, SHELVES } from "../../shared/suppression/suppression.ts";
import { systemClock } from "../../shared/system-clock.ts";
import type { Console } from "../output/console.ts";
import { jsonLine } from "../output/printable.ts";
import { suppressionBlock } from "../output/suppression-block.ts";
import { printedSuppression } from "../output/suppression-output.ts";

/** Items of evidence that are shown: more than a person reads. */
const MAX_EVIDENCE = 100;

/** Prints what a table knows of one address (canonical), the newest evidence first. */
export async function showAddress(
  address: string,
  table: SuppressionTable,
  json: boolean,
  console: Console,
): Promise<void> {
  const [state, evidence] = await Promise.all([findSuppression(address, table), newestEvidence(address, table)]);
  const printed = printedSuppression(address, state, systemClock.now(), evidence);
  await console.print(json ? jsonLine(printed) : suppressionBlock(printed, console.outColours));
}

async function newestEvidence(address: string, table: SuppressionTable): Promise<readonly Evidence[]> {
  const shelves = await Promise.all(SHELVES.map((shelf) => table.evidence(address, shelf, MAX_EVIDENCE)));
  return shelves
    .flat()
    .toSorted((one, other) => effectiveTime(other) - effectiveTime(one))
    .slice(0, MAX_EVIDENCE);
}
