import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "./interleaved.ts";

/** A file to be loaded in a process of its own. */
export interface Loaded {
  readonly name: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

// Loads the file that it is given, and tells the CPU time that its process has taken until then, in microseconds.
const LOADER = `require(process.argv[2]);
const { user, system } = process.cpuUsage();
require("node:fs").writeSync(1, String(user + system));`;

/**
 * Loads files in turns, each time in a fresh process: in each round each of them once, and each round begins with another.
 *
 * @param folder where there is room for the program that does it
 * @returns by name: milliseconds of CPU of the whole process, the median of the rounds
 */
export function loadInTurns(loaded: readonly Loaded[], rounds: number, folder: string): ReadonlyMap<string, number> {
  const loader = join(folder, "loader.cjs");
  writeFileSync(loader, LOADER);
  const spans = new Map<string, number[]>(loaded.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < loaded.length; turn++) {
      const next = loaded[(turn + round) % loaded.length] as Loaded;
      spans.get(next.name)?.push(cpuToLoad(loader, next));
    }
  }
  return new Map([...spans].map(([name, measured]) => [name, median(measured)]));
}

function cpuToLoad(loader: string, { name, file, env }: Loaded): number {
  const options = { cwd: "/", env: { ...env }, encoding: "utf8", timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [loader, file], options);
  if (status !== 0) throw new Error(`${name} cannot be loaded: ${stderr}`);
  return Number(stdout) / 1000;
}
