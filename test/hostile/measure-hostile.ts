import { fork } from "node:child_process";
import { join } from "node:path";
import { hostileMails } from "./hostile-mails.ts";

/** What one hostile mail came to. */
export interface Measured {
  readonly name: string;
  readonly bytes: number;
  /** Of CPU, all threads together. */
  readonly seconds: number;
  /** Bytes of V8's heap that were in use at most, what was no longer needed included. */
  readonly peakHeap: number;
  /** Bytes that the process had at most until then, buffers outside of the heap included. */
  readonly peakMemory: number;
  /** That of its record; `rejected`, or `died` when the process did not outlive it. */
  readonly outcome: string;
  readonly problems: readonly string[];
  /** Whether the keyword was found. */
  readonly found: boolean;
  /** What is wrong with the record. */
  readonly faults: readonly string[];
}

/** What the process that runs the mails tells. */
export type Told = { readonly began: number } | { readonly measured: Measured };

/** V8's heap, as a Lambda of 256 MB could never give it: the process dies beyond it. */
const HEAP_MEGABYTES = 256;

/** Seconds after which a mail counts as one that hangs. */
const PATIENCE = 120;

/**
 * Runs all hostile mails in a process of their own, whose heap has no more than 256 MB. When it dies of one, the others run
 * in another process.
 *
 * @param scale see `hostileMails`
 * @param onMeasured told of each as it comes
 */
export async function measureHostileMails(
  scale: number,
  onMeasured: (measured: Measured) => void = () => {},
): Promise<readonly Measured[]> {
  const names = hostileMails(scale).map(({ name }) => name);
  const all: Measured[] = [];
  while (all.length < names.length) {
    const before = all.length;
    const keep = (measured: Measured): void => {
      all.push(measured);
      onMeasured(measured);
    };
    const why = await runFrom(before, scale, keep);
    const name = names[all.length];
    if (name !== undefined) keep({ ...DIED, name, faults: [why] });
  }
  return all;
}

const DIED = { bytes: 0, seconds: 0, peakHeap: 0, peakMemory: 0, outcome: "died", problems: [], found: false } as const;

/** Resolves when the process has ended, with what it said at its end. */
function runFrom(first: number, scale: number, keep: (measured: Measured) => void): Promise<string> {
  const child = fork(join(import.meta.dirname, "run-hostile.ts"), [String(scale), String(first)], {
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  let said = "";
  let began = false;
  let hangs: NodeJS.Timeout | undefined;
  child.stderr?.on("data", (text: Buffer) => {
    said = `${said}${text}`.slice(-2_000);
  });
  child.on("message", (told: Told) => {
    clearTimeout(hangs);
    began = true;
    if ("measured" in told) keep(told.measured);
    else hangs = setTimeout(() => child.kill("SIGKILL"), PATIENCE * 1_000);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (status, signal) => {
      clearTimeout(hangs);
      const ended = `ended with ${signal ?? `status ${status}`}: ${said}`;
      if (began) resolve(ended);
      else reject(new Error(`The process that runs hostile mails ${ended}`));
    });
  });
}
