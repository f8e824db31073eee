import { cpSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { BUNDLING, bundleFunctions, ENTRY_POINTS, FUNCTIONS } from "../scripts/functions/bundle.ts";
import { environmentOf } from "../scripts/functions/check-starts.ts";
import { inTemporaryFolder } from "../scripts/functions/in-temporary-folder.ts";
import { packStage } from "../scripts/functions/pack-stage.ts";
import type { Benchmark, Findings, Table } from "./benchmark.ts";
import { type Loaded, loadInTurns } from "./fresh-processes.ts";

const TOPICS = ["default", "oncall", "operator", "security"];

/** Fewer say little: a process takes from now to then half as much again. */
const LEAST_ROUNDS = 9;

/** How the functions are measured: as esbuild bundles them by itself, as we do, and that with Node's compile cache filled. */
const WAYS = ["naive", "ours", "cached"] as const;
type Way = (typeof WAYS)[number];

/** Milliseconds that the function takes of a process's CPU until it can be called. */
type Measured = (way: Way, name: string) => number;

/** What a function costs before it does anything: reading, compiling and running its bundle in a fresh process. */
export const coldStart: Benchmark = {
  name: "cold-start",
  run: ({ rounds, progress }) =>
    inTemporaryFolder(async (folder) => {
      progress("cold start: both bundles of each function");
      await bundleBoth(folder);
      progress("cold start: fresh processes");
      return findings(measure(folder, Math.max(rounds, LEAST_ROUNDS)), (way, name) => {
        return Math.round(statSync(join(folder, way, `${name}.cjs`)).size / 1024);
      });
    }),
};

async function bundleBoth(folder: string): Promise<void> {
  const [ours, naive] = [join(folder, "ours"), join(folder, "naive")];
  await bundleFunctions(ours);
  packStage("dev", TOPICS, ours);
  const { absWorkingDir, define, outExtension } = BUNDLING;
  const by = { bundle: true, platform: "node", format: "cjs", minify: true } as const;
  await build({ ...by, absWorkingDir, define, outExtension, entryPoints: ENTRY_POINTS, outdir: naive });
  for (const file of ["rules.json", "suppression.json"]) cpSync(join(ours, file), join(naive, file));
}

function measure(folder: string, rounds: number): Measured {
  const empty = join(folder, "empty.cjs");
  writeFileSync(empty, "");
  const env = environmentOf(TOPICS);
  const cached = { ...env, NODE_COMPILE_CACHE: join(folder, "cache") };
  const loaded = WAYS.flatMap((way) => {
    const environment = way === "cached" ? cached : env;
    const fileOf = (name: string) => join(folder, way === "cached" ? "ours" : way, `${name}.cjs`);
    const each: Loaded[] = FUNCTIONS.map((name) => ({ name: `${way} ${name}`, file: fileOf(name), env: environment }));
    return [...each, { name: `${way} empty`, file: empty, env: environment }];
  });
  // Fills the compile cache: Node writes a file's at the end of the process that first loads it.
  loadInTurns(loaded, 1, folder);
  const medians = loadInTurns(loaded, rounds, folder);
  const cpu = (name: string) => medians.get(name) ?? Number.NaN;
  return (way, name) => cpu(`${way} ${name}`) - cpu(`${way} empty`);
}

function findings(measured: Measured, kilobytes: (way: Exclude<Way, "cached">, name: string) => number): Findings {
  const naive = measured("naive", "process-mail");
  const table: Table = {
    title: "Cold start: milliseconds of CPU to load a function, and the size of its bundle",
    heads: [
      "function",
      "naive KB",
      "KB",
      "naive ms",
      "ms",
      "over its naive",
      "over naive process-mail",
      "ms, compile cache",
    ],
    rows: FUNCTIONS.map((name) => {
      const [plain, ours] = [measured("naive", name), measured("ours", name)];
      const sizes = [kilobytes("naive", name), kilobytes("ours", name)];
      const ratios = [(ours / plain).toFixed(2), (ours / naive).toFixed(2)];
      return [name, ...sizes, plain.toFixed(1), ours.toFixed(1), ...ratios, measured("cached", name).toFixed(1)];
    }),
  };
  return {
    ratios: [
      { name: "coldStartOverNaive", value: measured("ours", "process-mail") / naive, atMost: 0.7 },
      // Over process-mail's as well: what a function saves that has no more than it needs. Over its own naive bundle: see the table.
      { name: "feedbackColdStartOverNaive", value: measured("ours", "record-bounce") / naive, atMost: 0.45 },
    ],
    tables: [table],
  };
}
