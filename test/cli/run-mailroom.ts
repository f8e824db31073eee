import { main } from "../../cli/main.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { captured } from "./output/captured.ts";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process, as in a pipe. */
export function run(...words: readonly string[]): Promise<Outcome> {
  return runIn({}, ...words);
}

/** As `run`, with an environment. */
export async function runIn(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Outcome> {
  const [stdout, stderr] = [captured(), captured()];
  const status = await main(words, { stdout, stderr }, env);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

/** What a command printed as one JSON object a line. */
export function objects({ stdout }: Pick<Outcome, "stdout">): Record<string, unknown>[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A rules file with one rule that looks for `outage`. */
export function rulesFile(yaml = "rules:\n  - name: outage\n    when: { keywords: [outage] }\n"): string {
  return `${temporaryFolder({ "my.yml": yaml })}/my.yml`;
}
