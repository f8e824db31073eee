import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Something to be measured against its like. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

/** By name of the contender: milliseconds of CPU for one run, the median of the rounds. */
export type Medians = ReadonlyMap<string, number>;

/** Milliseconds of CPU that one measurement takes at least: the clock of the operating system may count in steps of several. */
const LEAST_SPAN = 30;

/** Milliseconds of CPU for which a contender is run before it is measured: until then the compiler works on it, and not on it alone. */
const WARM_UP = 400;

/**
 * What is collected before each turn, so that nobody pays for what another has left. `all`: V8 is asked for all the memory that it can spare, and throws away most of
 * what it has compiled as well as it can, so that each turn begins as a function does that is called now and then. `young`: what is compiled stays, as in
 * a loop over many mails, where everybody is two to four times as fast. The two give other ratios, so both are told.
 */
export type Collected = "all" | "young";

const collectGarbage = garbageCollector();

/**
 * Measures contenders in turns: in each round each of them once, and each round begins with another, so that what the machine does besides, and how warm the
 * compiler is, falls on all of them alike. CPU time of the whole process, which holds the threads of the collector and the compiler too.
 */
export async function interleaved(
  contenders: readonly Contender[],
  rounds: number,
  collected: Collected = "all",
): Promise<Medians> {
  const repeats = new Map<string, number>();
  for (const { name, run } of contenders) repeats.set(name, await repeatsOf(run, collected));
  const spans = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { name, run } = contenders[(turn + round) % contenders.length] as Contender;
      spans.get(name)?.push(await spanOf(run, repeats.get(name) ?? 1, collected));
    }
  }
  return new Map([...spans].map(([name, measured]) => [name, median(measured)]));
}

/** Warms up, and finds how often a run must be repeated to be measured. */
async function repeatsOf(run: () => unknown, collected: Collected): Promise<number> {
  let one = Number.POSITIVE_INFINITY;
  for (let repeats = 1, spent = 0; spent < WARM_UP; repeats *= 2) {
    one = await spanOf(run, repeats, collected);
    spent += one * repeats;
  }
  return Math.ceil(LEAST_SPAN / one);
}

async function spanOf(run: () => unknown, repeats: number, collected: Collected): Promise<number> {
  // Without an argument, V8 takes it for the last resort.
  if (collected === "all") collectGarbage();
  else collectGarbage({ type: "minor" });
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / repeats;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

function garbageCollector(): (options?: { readonly type: "minor" }) => void {
  setFlagsFromString("--expose-gc");
  // Bytecode stays in any case, or those with the most code would pay for the turns of others.
  setFlagsFromString("--no-flush-bytecode");
  return runInNewContext("gc") as (options?: { readonly type: "minor" }) => void;
}
