import type { Writable } from "node:stream";
import { errorCode } from "../../shared/errors.ts";
import { reasonOf } from "../reason.ts";
import { type Colours, colours, wantsColours } from "./colours.ts";
import { printable } from "./printable.ts";

/** A standard stream; a terminal knows its width. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Where a command writes: results on standard output, everything else on standard error. */
export interface Console {
  readonly outColours: Colours;
  /** Writes to standard output and waits while its reader is slow; `false` once it cannot be written to any more. */
  print(text: string): Promise<boolean>;
  /**
   * Waits until standard output has taken what was printed, and gives why it failed; `undefined` when it did not, or when
   * its reader (`head`, say) just had enough.
   */
  outputFailure(): Promise<string | undefined>;
  /** Writes one line for a person to standard error. What a terminal would obey in it is taken out. */
  say(line: string): void;
  /** Writes what only a developer wants to see, the stack of an error, when DEBUG=mailroom asks for it. */
  trace(stack: string | undefined): void;
  /** Columns of the terminal that shows a status line; `undefined` where there is none. */
  readonly statusColumns: number | undefined;
  /** Shows a line that the next one replaces, on a terminal only; without a text it goes away. */
  status(line?: string): void;
}

const ERASE_LINE = "\r\x1b[K";
/** Lines of ours that quote a path or a message can be this long. */
const MAX_LINE = 2_000;

/** Where a terminal does not know its width, or says 0. */
const USUAL_COLUMNS = 80;

export function createConsole(
  { stdout, stderr }: { readonly stdout: OutputStream; readonly stderr: OutputStream },
  env: Readonly<Record<string, string | undefined>>,
): Console {
  let closed = false;
  let failure: string | undefined;
  let statusShown = false;
  stdout.on("error", (error) => {
    closed = true;
    if (errorCode(error) !== "EPIPE") failure = reasonOf(error);
  });
  stderr.on("error", () => {});

  function status(line?: string): void {
    if (!stderr.isTTY || (line === undefined && !statusShown)) return;
    stderr.write(ERASE_LINE + (line ?? ""));
    statusShown = line !== undefined;
  }

  return {
    outColours: colours(wantsColours(stdout, env)),
    async print(text) {
      if (closed) return false;
      if (stdout.isTTY) status();
      if (!stdout.write(text) && stdout.writableNeedDrain) await drained(stdout);
      return !closed;
    },
    async outputFailure() {
      await new Promise<void>((resolve) => stdout.write("", () => resolve()));
      return failure;
    },
    say(line) {
      status();
      stderr.write(`${printable(line, MAX_LINE)}\n`);
    },
    trace(stack) {
      if (env["DEBUG"] === "mailroom" && stack !== undefined) stderr.write(`${stack}\n`);
    },
    statusColumns: stderr.isTTY ? stderr.columns || USUAL_COLUMNS : undefined,
    status,
  };
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const events = ["drain", "error", "close"] as const;
    const done = () => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
