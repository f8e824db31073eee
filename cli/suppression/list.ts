import { isInForce } from "../../shared/suppression/in-force.ts";
import type { SuppressionReason } from "../../shared/suppression/suppression.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { count } from "../output/count.ts";
import { jsonLine } from "../output/printable.ts";
import { suppressionLine } from "../output/suppression-block.ts";
import { printedSuppression } from "../output/suppression-output.ts";
import { openTableToRead, type TableOptions } from "./open-table.ts";

export interface ListOptions extends TableOptions {
  readonly json?: true;
  readonly reason?: SuppressionReason;
  readonly since?: string;
  /** Also those whose suppression has ended. */
  readonly expired?: true;
}

/** Lists suppressed addresses as they are read: by the weight of their reasons, then by time. */
export async function list(options: ListOptions, console: Console): Promise<number> {
  const { reason, since, expired, json } = options;
  using open = await openTableToRead(options, console);
  const now = systemClock.now();
  let listed = 0;
  for await (const state of open.table.list({ reason, since })) {
    if (!expired && !isInForce(state, now)) continue;
    listed += 1;
    const printed = printedSuppression(state.address, state, now);
    if (!(await console.print(json ? jsonLine(printed) : suppressionLine(printed)))) return EXIT.done;
  }
  if (!json) console.say(`${count(listed)} suppressed address${listed === 1 ? "" : "es"}`);
  return EXIT.done;
}
