import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Probed } from "./heap-probe.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What is run in a fresh process: its name for a person, and the words of its command line. */
export interface Program {
  readonly name: string;
  readonly words: readonly string[];
}

export function replayOf(folder: string, workers: number): Program {
  const words = ["replay", folder, "--rules", here("../../samples/rules.yml"), "--json", "--workers", `${workers}`];
  return {
    name: `replay, ${workers} worker${workers === 1 ? "" : "s"}`,
    words: [here("../../cli/mailroom.ts"), ...words],
  };
}

export function plainLoopOf(folder: string): Program {
  return { name: "loop of simpleParser", words: [here("plain-loop.ts"), folder] };
}

/**
 * Runs a program in a fresh process, to its end, its output thrown away.
 *
 * @param figures a file to be written on the way
 * @throws when the program fails
 */
export async function measuredRun(program: Program, figures: string, wantsHeap = false): Promise<Probed> {
  const child = spawn(process.execPath, ["--import", here("heap-probe.ts"), ...program.words], {
    env: { ...process.env, MAILROOM_PROBE: figures, MAILROOM_PROBE_HEAP: wantsHeap ? "1" : "0" },
    stdio: "ignore",
  });
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error(`expected ${program.name} to end with status 0, got ${status}`);
  const probed = JSON.parse(readFileSync(figures, "utf8")) as Probed;
  rmSync(figures);
  return probed;
}
