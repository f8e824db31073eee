import { createReadStream } from "node:fs";
import { createChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { loadPolicy } from "../load-policy.ts";
import type { Console } from "../output/console.ts";
import { count, plural } from "../output/count.ts";
import { SILENT_LOG } from "../silent-log.ts";
import { usageError } from "../usage-error.ts";
import { type Entry, EntryError } from "./entry.ts";
import { numberedLines, TOO_LONG } from "./entry-lines.ts";
import { type Format, formatOf, LINE_FORMATS } from "./formats.ts";
import { type OpenedTable, openTable, type TableOptions } from "./open-table.ts";
import { currentUser } from "./who.ts";

export interface ImportOptions extends TableOptions {
  readonly format?: Format;
  readonly onError: "stop" | "skip";
  readonly who?: string;
  readonly reason?: string;
  readonly policy?: string;
}

/** Entries that one transaction takes: enough to be fast, and few enough to be lost by a crash. */
const BATCH = 1_000;

/** Lines that are told one by one; of a file that is all wrong, the first ones say what is. */
const MAX_TOLD = 20;

interface Totals {
  imported: number;
  bad: number;
}

/**
 * Takes over suppressed addresses from a file, or from standard input. The same file again changes nothing.
 *
 * A line that is wrong is told with its number. Then the import stops, with the lines before it taken over, or goes on without it.
 */
export async function importEntries(file: string, options: ImportOptions, console: Console): Promise<number> {
  const { policy } = loadPolicy(options.policy);
  const opened = await openTable(options, false);
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; what was read is kept"));
  const totals: Totals = { imported: 0, bad: 0 };
  const changes = createChangeSuppression({ table: opened.table, policy, clock: systemClock, log: SILENT_LOG });
  const act = { who: options.who ?? currentUser(), why: options.reason ?? `imported from ${file}` };
  try {
    const entries = readEntries(file, options, totals, console);
    await inBatches(entries, opened, interrupt.signal, async (entry) => {
      const since = entry.since ?? systemClock.now();
      await changes.import({ ...entry, since, spelling: entry.address, ...act });
      totals.imported += 1;
      if (totals.imported % BATCH === 0) console.status(`${count(totals.imported)} imported`);
    });
  } finally {
    console.status();
    interrupt.close();
    opened.close();
  }
  console.say(
    `${plural(totals.imported, "address", "addresses")} imported${totals.bad > 0 ? `, ${plural(totals.bad, "bad line")}` : ""}`,
  );
  if (interrupt.signal.aborted) return EXIT.interrupted;
  return totals.bad > 0 ? EXIT.failed : EXIT.done;
}

async function* readEntries(
  file: string,
  options: ImportOptions,
  totals: Totals,
  console: Console,
): AsyncGenerator<Entry> {
  const { header, read } = LINE_FORMATS[formatOf(options.format, file)];
  const bytes: AsyncIterable<Buffer> = file === "-" ? process.stdin : createReadStream(file);
  try {
    for await (const { number, text } of numberedLines(bytes)) {
      if (number === 1 && text === header) continue;
      try {
        if (text === undefined) throw new EntryError(TOO_LONG);
        yield read(text);
      } catch (error) {
        if (!(error instanceof EntryError)) throw error;
        totals.bad += 1;
        if (totals.bad <= MAX_TOLD) console.say(`mailroom: ${file}:${number}: ${error.message}`);
        if (options.onError === "stop")
          return console.say("mailroom: stopped there; --on-error skip goes on without such lines");
      }
    }
  } catch (error) {
    throw isReadError(error) ? usageError(`cannot read ${file}`, error) : error;
  }
}

function isReadError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** Hands on one after the other, in transactions. */
async function inBatches(
  entries: AsyncGenerator<Entry>,
  { transaction }: OpenedTable,
  signal: AbortSignal,
  handle: (entry: Entry) => Promise<void>,
): Promise<void> {
  let done = false;
  while (!done && !signal.aborted) {
    await transaction(async () => {
      for (let taken = 0; taken < BATCH && !signal.aborted; taken++) {
        const next = await entries.next();
        done = next.done ?? false;
        if (next.done) return;
        await handle(next.value);
      }
    });
  }
}
