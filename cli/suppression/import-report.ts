import type { Console } from "../output/console.ts";
import { count } from "../output/count.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import { createRunStatus } from "./run-status.ts";
import type { TakenOver } from "./take-over.ts";

/** `stopped`: at a bad line. */
export type ImportEnding = "finished" | "stopped" | "interrupted";

/** Counts and tells what becomes of the lines of a file. */
export interface ImportReport {
  count(taken: TakenOver): void;
  bad(line: number, problem: string): Promise<void>;
  failed(line: number, error: unknown): Promise<void>;
  isClean(): boolean;
  /** Says what it came to. */
  close(ending: ImportEnding): Promise<void>;
}

/** Lines that are told one by one: a file that is no list at all would flood the terminal. The rest is counted. */
const MAX_TOLD = 1_000;

/** With `json`, what is told and the sum are objects on standard output too. */
export function createImportReport(console: Console, { json }: { readonly json?: true }): ImportReport {
  const tally = { imported: 0, unchanged: 0, bad: 0, failed: 0 };
  const started = performance.now();
  const status = createRunStatus(console, "lines");
  const lines = () => tally.imported + tally.unchanged + tally.bad + tally.failed;

  async function tell(line: number, problem: string): Promise<void> {
    const told = tally.bad + tally.failed;
    if (told <= MAX_TOLD) console.say(`mailroom: line ${line}: ${problem}`);
    if (told === MAX_TOLD) console.say("mailroom: further lines are counted, but not told");
    if (json) await console.print(jsonLine({ line, problem }));
  }

  return {
    count(taken) {
      tally[taken] += 1;
      status(lines());
    },
    bad(line, problem) {
      tally.bad += 1;
      return tell(line, problem);
    },
    failed(line, error) {
      tally.failed += 1;
      return tell(line, `not imported: ${reasonOf(error)}`);
    },
    isClean: () => tally.bad + tally.failed === 0,
    async close(ending) {
      console.status();
      if (json) await console.print(jsonLine({ lines: lines(), ...tally }));
      if (ending === "stopped")
        console.say("Stopped at a bad line: what stands before it is imported, the rest was not read.");
      if (ending === "interrupted")
        console.say("Interrupted: the rest of the file was not read. Importing it again goes on where it ended.");
      const seconds = (performance.now() - started) / 1000;
      for (const line of sumLines(lines(), tally, seconds)) console.say(line);
    },
  };
}

function sumLines(lines: number, tally: Readonly<Record<string, number>>, seconds: number): string[] {
  const table: readonly (readonly [number, string])[] = [
    [lines, `line${lines === 1 ? "" : "s"} read in ${seconds.toFixed(1)} s`],
    [tally["imported"] ?? 0, "  imported"],
    [tally["unchanged"] ?? 0, "  changed nothing"],
    [tally["bad"] ?? 0, "  bad, as said above"],
    [tally["failed"] ?? 0, "  failed, as said above"],
  ];
  return table
    .filter(([number], at) => at === 0 || number > 0)
    .map(([number, words]) => `${count(number).padStart(9)}  ${words}`);
}
