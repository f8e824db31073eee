import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { costLines, printedCost } from "../output/cost-output.ts";
import { jsonLine } from "../output/printable.ts";
import { estimate, type Workload } from "./estimate.ts";
import { durationOf, MEASURED } from "./measured.ts";

export interface CostOptions extends Pick<Workload, "mails" | "size" | "matched" | "keepDays" | "memory"> {
  /** Milliseconds of a run; without it as measured. */
  readonly duration?: number;
  readonly json?: true;
}

/** Tells what a month costs. */
export async function cost(options: CostOptions, console: Console): Promise<number> {
  const { json, duration: given, ...asked } = options;
  const { writes, logged } = MEASURED;
  const work: Workload = { ...asked, writes, logged, duration: given ?? durationOf(asked.size, asked.memory) };
  const told = { work, estimated: estimate(work), isMeasured: given === undefined };
  await console.print(json ? jsonLine(printedCost(told)) : costLines(told));
  return EXIT.done;
}
