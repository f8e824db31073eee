import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark } from "./benchmark.ts";
import { median } from "./interleaved.ts";
import { benchMail } from "./mails/mails.ts";
import type { MeasuredMemory } from "./memory-process.ts";

const MEGABYTE = 1024 * 1024;
const ENGINES = ["Mailroom", "simpleParser"] as const;

/** What the largest mail costs in memory, and how long nothing else runs meanwhile. */
export const memory: Benchmark = {
  name: "memory",
  async run({ rounds, progress }) {
    const folder = mkdtempSync(join(tmpdir(), "mailroom-bench-"));
    try {
      const file = join(folder, "40mb.eml");
      writeFileSync(file, benchMail("attachment of 40 MB"));
      const measured = new Map<string, MeasuredMemory[]>(ENGINES.map((engine) => [engine, []]));
      for (let round = 0; round < Math.ceil(rounds / 2); round++) {
        progress(`memory: 40 MB, round ${round + 1}`);
        for (const engine of ENGINES) measured.get(engine)?.push(measure(engine, file));
      }
      return findings(measured);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function measure(engine: string, file: string): MeasuredMemory {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "memory-process.ts"), engine, file],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${engine} did not get through 40 MB:\n${stderr}`);
  return JSON.parse(stdout) as MeasuredMemory;
}

function findings(measured: ReadonlyMap<string, readonly MeasuredMemory[]>) {
  const of = (engine: string, figure: keyof MeasuredMemory): number =>
    median((measured.get(engine) ?? []).map((one) => one[figure]));
  return {
    ratios: [
      { name: "peakRssOverIdleMb40", value: of("Mailroom", "peakOverIdle") / MEGABYTE, atMost: 40 },
      {
        name: "loopBlockOverSimpleParser",
        value: of("Mailroom", "longestBlock") / of("simpleParser", "longestBlock"),
        atMost: 0.1,
      },
    ],
    tables: [
      {
        title: "A mail of 40 MB, each time in a process of its own",
        heads: ["engine", "MB above idle", "longest block, ms"],
        rows: ENGINES.map((engine) => [engine, of(engine, "peakOverIdle") / MEGABYTE, of(engine, "longestBlock")]),
      },
    ],
  };
}
