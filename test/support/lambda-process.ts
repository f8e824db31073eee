import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { packRules } from "../../shared/rules/packed-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";

export interface Outcome {
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly logged: string };
}

/** What a process tells of itself at its end. */
export interface Report {
  /** One an event; none when the function did not start. */
  readonly outcomes: readonly Outcome[];
  /** Bytes of memory that the process had at most. */
  readonly peakMemory: number;
}

export interface LambdaRun extends Report {
  /** What the function wrote to its log, line by line. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

const root = join(import.meta.dirname, "..", "..");

/**
 * Runs functions/NAME.ts in a process of its own, with a cold start, in an environment that has nothing but what is
 * given and what Lambda itself sets.
 *
 * @param rules the text of the rules file that was packed beside the function; without it there is none
 * @param packed what lies in its place
 */
export async function runLambda(
  name: string,
  given: {
    readonly env?: Readonly<Record<string, string>>;
    readonly rules?: string;
    readonly packed?: string;
    readonly events: readonly unknown[];
  },
): Promise<LambdaRun> {
  const folder = mkdtempSync(join(tmpdir(), "mailroom-function-"));
  try {
    const packed = given.packed ?? (given.rules && packRules(readRules(given.rules, "rules.yml"), "rules.yml"));
    if (packed !== undefined) writeFileSync(join(folder, "rules.json"), packed);
    const child = spawn(
      process.execPath,
      [join(root, "test", "support", "run-function.ts"), join(root, "functions", `${name}.ts`)],
      {
        env: {
          MAILROOM_RULES_FILE: join(folder, "rules.json"),
          AWS_REGION: "eu-west-1",
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          ...given.env,
        },
        stdio: ["pipe", "pipe", "pipe", "ipc"],
      },
    );
    let report: Report = { outcomes: [], peakMemory: 0 };
    child.on("message", (message) => {
      report = message as Report;
    });
    const ended = new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
    child.stdin?.end(JSON.stringify(given.events));
    const [stdout, stderr, exitCode] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended]);
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { ...report, logged: lines.map((line) => JSON.parse(line)), stdout, stderr, exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? Promise.resolve("") : text(stream);
}
