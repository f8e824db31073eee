import { Command, InvalidArgumentError, Option } from "commander";
import fc from "fast-check";
import type { FuzzTarget } from "../test/fuzz/fuzz-target.ts";
import { fuzzTargets } from "../test/fuzz/fuzz-targets.ts";
import { minimalBytes } from "../test/fuzz/minimal.ts";

// Changes mails, events and files at random and holds what comes against what must hold: npm run fuzz -- --runs 10000
// --seed S --only mails. The same seed and number of runs give the same inputs.

/** Generous: a kilobyte of mail takes about a millisecond. What is meant is that no kind of mail makes it explode. */
const MAX_SECONDS_PER_MEGABYTE = 20;

/** The exit status of a call that is not understood. */
const USAGE = 2;

const targets = fuzzTargets();
const { runs, seed, only } = new Command("fuzz")
  .addOption(wholeNumber("--runs <NUMBER>", "inputs of each target", 1, 1e9).default(10_000))
  .addOption(wholeNumber("--seed <NUMBER>", "where chance begins", 0, 2 ** 31 - 1).default(anySeed(), "any"))
  .addOption(new Option("--only <TARGET>", "one target alone").choices(targets.map(({ name }) => name)))
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
  .parse()
  .opts<{ runs: number; seed: number; only?: string }>();

console.log(`seed ${seed}, ${runs} runs of each`);
for (const target of targets) {
  if (only === undefined || only === target.name) await fuzz(target);
}
if (targets.every(({ spent }) => spent.bytes === 0)) fail("Nothing was run.");

function anySeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

function wholeNumber(flags: string, description: string, least: number, most: number): Option {
  return new Option(flags, description).argParser((text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  });
}

async function fuzz(target: FuzzTarget<unknown>): Promise<void> {
  let run = 0;
  const property = fc.asyncProperty(target.inputs, (input) => {
    showProgress(target.name, ++run);
    return target.holds(input);
  });
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
    numRuns: runs,
    seed,
  });
  showProgress(target.name, undefined);
  if (!failed) {
    console.log(`${target.name}: held; ${spending(target)}`);
    return;
  }
  fail(`${target.name}: failed; seed ${seed}, path ${counterexamplePath}\n${said(errorInstance)}`);
  if (counterexample !== null) show(await minimalBytes(target, counterexample[0]));
}

function spending({ spent, name }: FuzzTarget<unknown>): string {
  const perMegabyte = spent.seconds / (spent.bytes / 2 ** 20);
  const words = `${(spent.bytes / 2 ** 20).toFixed(1)} MB, ${perMegabyte.toFixed(2)} s of CPU a megabyte, ${spent.slowest.toFixed(2)} s the slowest`;
  if (perMegabyte <= MAX_SECONDS_PER_MEGABYTE) return words;
  process.exitCode = 1;
  return `${words}: ${name} may take ${MAX_SECONDS_PER_MEGABYTE}`;
}

function fail(why: string): void {
  process.exitCode = 1;
  console.log(why);
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
