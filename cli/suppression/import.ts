import { mapAtOnce } from "../../shared/at-once.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import { type ChangeOptions, changesOf, policyOf, whoOf } from "./change.ts";
import { createImportReport, type ImportEnding, type ImportReport } from "./import-report.ts";
import { type FormatName, formatOf } from "./list-file/format.ts";
import { type ReadEntry, readEntries } from "./list-file/read-entries.ts";
import { openListSource } from "./list-file/source.ts";
import { type OpenTable, openTable } from "./open-table.ts";
import { createTakeOver } from "./take-over.ts";

export interface ImportOptions extends ChangeOptions {
  readonly format?: FormatName;
  /** Why, in the words of who does it. */
  readonly reason?: string;
  /** What a bad line does. */
  readonly onError: "skip" | "stop";
}

/** Entries that are read, written together, and counted before the next are read. */
const GROUP = 1_000;

/** Takes over the suppressed addresses of a file, or (`-`) of standard input. */
export async function importList(file: string, options: ImportOptions, console: Console): Promise<number> {
  const policy = policyOf(options);
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  try {
    const source = await openListSource(file, interrupt.signal);
    using open = await openTable(options);
    const takeOver = createTakeOver(changesOf(open, policy), open.table, policy, {
      who: whoOf(options),
      why: options.reason ?? `imported from ${file === "-" ? "standard input" : file}`,
      now: systemClock.now(),
    });
    const report = createImportReport(console, options);
    const groups = readEntries(source, formatOf(file, options.format).reader(), GROUP);
    const ending = await unlessAborted(interrupt.signal, () =>
      importGroups(groups, { ...options, open, takeOver, report, signal: interrupt.signal }),
    );
    await report.close(ending);
    if (ending === "interrupted") return EXIT.interrupted;
    return report.isClean() ? EXIT.done : EXIT.failed;
  } finally {
    interrupt.close();
  }
}

interface Import extends Pick<ImportOptions, "onError"> {
  readonly open: OpenTable;
  readonly takeOver: ReturnType<typeof createTakeOver>;
  readonly report: ImportReport;
  readonly signal: AbortSignal;
}

async function importGroups(groups: AsyncIterable<readonly ReadEntry[]>, run: Import): Promise<ImportEnding> {
  const { open, onError, signal } = run;
  for await (const group of groups) {
    const bad = onError === "stop" ? group.findIndex((read) => "problem" in read) : -1;
    const taken = bad === -1 ? group : group.slice(0, bad + 1);
    await open.together(() => mapAtOnce(taken, open.atOnce, (read) => importOne(read, run)));
    if (bad !== -1) return "stopped";
    if (signal.aborted) return "interrupted";
  }
  return "finished";
}

async function importOne(read: ReadEntry, { takeOver, report }: Import): Promise<void> {
  if ("problem" in read) return report.bad(read.line, read.problem);
  try {
    report.count(await takeOver(read.entry));
  } catch (error) {
    await report.failed(read.line, error);
  }
}

/** Reading that waits for a pipe fails when it is interrupted. */
async function unlessAborted(signal: AbortSignal, run: () => Promise<ImportEnding>): Promise<ImportEnding> {
  try {
    return await run();
  } catch (error) {
    if (signal.aborted) return "interrupted";
    throw error;
  }
}
