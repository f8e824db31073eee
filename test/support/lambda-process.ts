import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

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
 * @param rules the text of the rules file that lies beside the function; without it there is none
 */
export async function runLambda(
  name: string,
  given: {
    readonly env?: Readonly<Record<string, string>>;
    readonly rules?: string;
    readonly events: readonly unknown[];
  },
): Promise<LambdaRun> {
  const taskRoot = mkdtempSync(join(tmpdir(), "mailroom-function-"));
  try {
    if (given.rules !== undefined) writeFileSync(join(taskRoot, "rules.yml"), given.rules);
    const child = spawn(
      process.execPath,
      [join(root, "test", "support", "run-function.ts"), join(root, "functions", `${name}.ts`)],
      {
        env: {
          LAMBDA_TASK_ROOT: taskRoot,
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
    rmSync(taskRoot, { recursive: true, force: true });
  }
}

function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? Promise.resolve("") : text(stream);
}
