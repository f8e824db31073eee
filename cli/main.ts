import { CommanderError } from "commander";
import { ConfigurationError, FileProblemsError } from "../shared/errors.ts";
import { EXIT } from "./exit-status.ts";
import { type Console, createConsole, type OutputStream } from "./output/console.ts";
import { createProgram } from "./program.ts";
import { reasonOf } from "./reason.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Runs one command line.
 *
 * @returns the exit status; what went wrong has been told on standard error, with a stack only when DEBUG=mailroom
 */
export async function main(
  words: readonly string[],
  streams: { readonly stdout: OutputStream; readonly stderr: OutputStream },
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const console = createConsole(streams, env);
  let status: number = EXIT.done;
  const program = createProgram(console, streams, env, (finished) => {
    status = finished;
  });
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    return tell(error, console);
  }
  const failure = await console.outputFailure();
  if (failure === undefined) return status;
  console.say(`mailroom: cannot write to standard output: ${failure}`);
  return status === EXIT.done ? EXIT.failed : status;
}

/** Tells a person what went wrong, and gives the exit status. */
export function tell(error: unknown, console: Console): number {
  // Commander has told it already; help and version end this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof FileProblemsError) {
    for (const line of error.message.split("\n")) console.say(line);
    return EXIT.usage;
  }
  console.say(`mailroom: ${reasonOf(error)}`);
  console.trace(error instanceof Error ? error.stack : undefined);
  return error instanceof UsageError || error instanceof ConfigurationError ? EXIT.usage : EXIT.failed;
}
