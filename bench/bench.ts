import { cpus } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { ConfigurationError } from "../shared/errors.ts";
import type { Benchmark, Findings } from "./benchmark.ts";
import { coldStart } from "./cold-start.ts";
import { growth } from "./growth.ts";
import { keywordSearch } from "./keywords.ts";
import { machine } from "./machine.ts";
import { memory } from "./memory.ts";
import { parsing } from "./parsing.ts";
import { replay } from "./replay.ts";
import { printed, ratioLines, tableLines } from "./report.ts";

// Measures Mailroom against its peers, side by side in one run, and prints ratios; milliseconds only place them. `npm run bench -- --json` prints
// one JSON object.

const BENCHMARKS: readonly Benchmark[] = [parsing, keywordSearch, coldStart, memory, replay, growth, machine];

/** The exit status of a call that is not understood. */
const USAGE = 2;

interface Options {
  readonly json?: true;
  readonly rounds: number;
  readonly corpus?: string;
  readonly only?: string;
}

const options = new Command("bench")
  .option("--json", "print one JSON object on standard output")
  .addOption(new Option("--rounds <N>", "rounds of each comparison").argParser(readRounds).default(9))
  .option("--corpus <DIR>", "measure the mails of a folder, too")
  .addOption(new Option("--only <NAME>", "one benchmark alone").choices(BENCHMARKS.map(({ name }) => name)))
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
  .parse()
  .opts<Options>();

const all: Findings[] = [];
try {
  for (const { name, run } of BENCHMARKS) {
    if (options.only !== undefined && options.only !== name) continue;
    all.push(await run({ rounds: options.rounds, corpus: options.corpus, progress: showProgress }));
  }
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(USAGE);
}
showProgress("");
const findings: Findings = { ratios: all.flatMap(({ ratios }) => ratios), tables: all.flatMap(({ tables }) => tables) };
const measuredOn = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
if (options.json) console.log(JSON.stringify({ ...measuredOn, rounds: options.rounds, ...printed(findings) }));
else console.log([...findings.tables.flatMap(tableLines), ...ratioLines(findings.ratios)].join("\n"));

function showProgress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${words}`);
}

function readRounds(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number >= 1) return number;
  throw new InvalidArgumentError("Expected a whole number from 1 to 999; fewer than 9 say little.");
}
