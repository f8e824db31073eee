import type { SuppressionTable } from "../../shared/ports.ts";
import { isForgottenKey, portableKey } from "../../shared/suppression/forgotten.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import type { Suppression } from "../../shared/suppression/suppression.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { type Ending, EXIT } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import { count } from "../output/count.ts";
import { type FormatName, formatOf, type ListFormat } from "./list-file/format.ts";
import { type ListTarget, openListTarget } from "./list-file/target.ts";
import { type OpenTable, openTableToRead, type TableOptions } from "./open-table.ts";
import { createRunStatus } from "./run-status.ts";

export interface ExportOptions extends TableOptions {
  readonly format?: FormatName;
  /** Also those whose suppression has ended. */
  readonly expired?: true;
}

/** Characters that are written at once. */
const CHUNK = 64 * 1024;

/** Writes suppressed addresses to a file, or (`-`) to standard output, in the order of `list`. */
export async function exportList(file: string, options: ExportOptions, console: Console): Promise<number> {
  const format = formatOf(file, options.format);
  using open = await openTableToRead(options, console);
  const target = await openListTarget(file, console);
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  let ending: Ending | undefined;
  try {
    const written = await writeAll(open, format, target, { ...options, signal: interrupt.signal, console });
    ending = written.ending;
    if (ending === "finished" && file !== "-") console.say(`${count(written.entries)} entries written to ${file}`);
    if (ending === "interrupted") console.say("Interrupted: not everything was written.");
    return ending === "interrupted" ? EXIT.interrupted : EXIT.done;
  } finally {
    interrupt.close();
    await target.close(ending === "finished");
  }
}

async function writeAll(
  { table }: OpenTable,
  format: ListFormat,
  target: ListTarget,
  { expired, signal, console }: ExportOptions & { readonly signal: AbortSignal; readonly console: Console },
): Promise<{ readonly ending: Ending; readonly entries: number }> {
  const status = createRunStatus(console, "entries");
  const now = systemClock.now();
  let chunk = format.header;
  let entries = 0;
  for await (const state of table.list()) {
    if (!expired && !isInForce(state, now)) continue;
    entries += 1;
    chunk += format.write(await portable(state, table));
    if (chunk.length < CHUNK) continue;
    if (signal.aborted) return { ending: "interrupted", entries };
    if (!(await target.write(chunk))) return { ending: "closed", entries };
    chunk = "";
    status(entries);
  }
  console.status();
  return { ending: (await target.write(chunk)) ? "finished" : "closed", entries };
}

/** A forgotten address is written with the salt of the table, without which no other could look it up. */
async function portable(state: Suppression, table: SuppressionTable): Promise<Suppression> {
  const salt = isForgottenKey(state.address) ? await table.salt() : undefined;
  return salt === undefined ? state : { ...state, address: portableKey(state.address, salt) };
}
