import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark, BenchOptions, Findings, Table } from "./benchmark.ts";
import { median } from "./interleaved.ts";
import { replayMail } from "./mails/replay-folder.ts";
import type { Probed } from "./replay/heap-probe.ts";
import { measuredRun, type Program, plainLoopOf, replayOf } from "./replay/measured-run.ts";

const SEED = 1;
const FEW = 4_000;
const MANY = 20_000;

/** A round takes most of a minute. */
const MAX_ROUNDS = 3;

/**
 * Stored mails through the whole of Mailroom, against the loop that one writes first. Only the memory is held to something: how fast it goes
 * depends on the mails, and it does more with each than parse it.
 */
export const replay: Benchmark = { name: "replay", run };

async function run(options: BenchOptions): Promise<Findings> {
  const place = mkdtempSync(join(tmpdir(), "mailroom-bench-"));
  try {
    const [few, many] = [FEW, MANY].map((mails) => mailFolder(place, mails, options)) as [string, string];
    const figures = join(place, "figures.json");
    const growth = await heapGrowth(few, many, figures, options);
    const workers = [...new Set([1, 2, availableParallelism()])];
    const programs = [plainLoopOf(many), ...workers.map((count) => replayOf(many, count))];
    return findings(growth, await inTurns(programs, figures, options));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function mailFolder(place: string, mails: number, { progress }: BenchOptions): string {
  progress(`writing ${mails} mails`);
  const folder = join(place, `${mails}`);
  mkdirSync(folder);
  for (let number = 0; number < mails; number++)
    writeFileSync(join(folder, `${String(number).padStart(6, "0")}.eml`), replayMail(SEED, number));
  return folder;
}

/**
 * By how much the heap is larger for many mails than for few. The most that is alive during the run, rather than at its end, when all that was
 * held for it is let go; garbage left out, because how much of that lies about is up to the collector.
 */
async function heapGrowth(few: string, many: string, figures: string, { progress }: BenchOptions): Promise<number> {
  const heaps: number[] = [];
  for (const folder of [few, many]) {
    progress(`the heap of a replay of ${folder === few ? FEW : MANY} mails`);
    heaps.push((await measuredRun(replayOf(folder, 1), figures, true)).peakLiveHeap);
  }
  const [small = Number.NaN, large = Number.NaN] = heaps;
  return large / small;
}

type Runs = readonly (readonly [Program, readonly Probed[]])[];

async function inTurns(programs: readonly Program[], figures: string, options: BenchOptions): Promise<Runs> {
  const runs = programs.map((program): [Program, Probed[]] => [program, []]);
  const rounds = Math.min(options.rounds, MAX_ROUNDS);
  for (let round = 0; round < rounds; round++) {
    for (const [program, probed] of runs) {
      options.progress(`${program.name}, round ${round + 1} of ${rounds}`);
      probed.push(await measuredRun(program, figures));
    }
  }
  return runs;
}

function findings(growth: number, runs: Runs): Findings {
  const medians = (figure: keyof Probed): number[] =>
    runs.map(([, probed]) => median(probed.map((each) => each[figure])));
  const [loop = Number.NaN, one = Number.NaN, two = Number.NaN] = medians("wall");
  const [loopCpu = Number.NaN, oneCpu = Number.NaN] = medians("cpu");
  const all = medians("wall").at(-1) ?? Number.NaN;
  return {
    ratios: [
      { name: "replayHeapGrowth", value: growth, atMost: 1.1 },
      { name: "replayTwoWorkersSpeedup", value: one / two },
      { name: "replayMailsPerSecondOverSimpleParserLoop", value: loop / one },
      { name: "replayMailsPerSecondOfAllCoresOverSimpleParserLoop", value: loop / all },
      { name: "replayMailsPerCpuSecondOverSimpleParserLoop", value: loopCpu / oneCpu },
    ],
    tables: [table(runs)],
  };
}

function table(runs: Runs): Table {
  return {
    title: `A folder of ${MANY} mails`,
    heads: ["", "mails/s", "CPU ms a mail", "peak memory MB"],
    rows: runs.map(([{ name }, probed]) => {
      const figure = (key: keyof Probed): number => median(probed.map((each) => each[key]));
      const memory = Math.round(figure("peakMemory") / 2 ** 20);
      return [name, Math.round((MANY / figure("wall")) * 1000), (figure("cpu") / MANY).toFixed(2), memory];
    }),
  };
}
