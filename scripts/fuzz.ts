import { parseArgs } from "node:util";
import fc from "fast-check";
import type { FuzzTarget } from "../test/fuzz/fuzz-target.ts";
import { fuzzTargets } from "../test/fuzz/fuzz-targets.ts";
import { minimalBytes } from "../test/fuzz/minimal.ts";

// Changes mails, events and files at random and holds what comes against what must hold: npm run fuzz -- --runs 10000
// --seed S --only mails. The same seed and number of runs give the same inputs.

/** Generous: a kilobyte of mail takes about a millisecond. What is meant is that no kind of mail makes it explode. */
const MAX_SECONDS_PER_MEGABYTE = 20;

const { runs, seed, only } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    only: { type: "string" },
  },
}).values;

console.log(`seed ${seed}, ${runs} runs of each`);
for (const target of fuzzTargets()) {
  if (only === undefined || only === target.name) await fuzz(target);
}

async function fuzz(target: FuzzTarget<unknown>): Promise<void> {
  let run = 0;
  const property = fc.asyncProperty(target.inputs, (input) => {
    showProgress(target.name, ++run);
    return target.holds(input);
  });
  const parameters = { numRuns: Number(runs), seed: Number(seed) };
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, parameters);
  showProgress(target.name, undefined);
  if (failed && counterexample !== null) {
    process.exitCode = 1;
    console.log(`${target.name}: failed; seed ${seed}, path ${counterexamplePath}\n${said(errorInstance)}`);
    show(await minimalBytes(target, counterexample[0]));
  } else console.log(`${target.name}: held; ${spending(target)}`);
}

function spending({ spent, name }: FuzzTarget<unknown>): string {
  const perMegabyte = spent.seconds / (spent.bytes / 2 ** 20);
  const words = `${(spent.bytes / 2 ** 20).toFixed(1)} MB, ${perMegabyte.toFixed(2)} s of CPU a megabyte, ${spent.slowest.toFixed(2)} s the slowest`;
  if (perMegabyte <= MAX_SECONDS_PER_MEGABYTE) return words;
  process.exitCode = 1;
  return `${words}: ${name} may take ${MAX_SECONDS_PER_MEGABYTE}`;
}

function said(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function show(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes);
  console.log(`\n${JSON.stringify(buffer.toString("latin1"))}\n\nin base64:\n${buffer.toString("base64")}`);
}

function showProgress(name: string, run: number | undefined): void {
  if (!process.stderr.isTTY || (run !== undefined && run % 50 !== 0)) return;
  process.stderr.write(run === undefined ? "\r\x1b[K" : `\r${name}: ${run} of ${runs}`);
}
