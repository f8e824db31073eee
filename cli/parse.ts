import { exitStatus } from "./exit-status.ts";
import type { Console } from "./output/console.ts";
import { messageBlock } from "./output/message-block.ts";
import { jsonLine } from "./output/printable.ts";
import { summaryLines } from "./output/summary.ts";
import { addProblems, createTally } from "./output/tally.ts";
import { runMails } from "./run-mails.ts";

export interface ParseOptions {
  readonly json?: true;
  readonly workers: number;
  readonly all?: true;
}

/**
 * Prints what the parser sees of stored mails.
 *
 * @returns the exit status
 */
export async function parse(paths: readonly string[], options: ParseOptions, console: Console): Promise<number> {
  const tally = createTally();
  const { all = false, workers, json } = options;
  const work = { kind: "parse" } as const;
  const end = await runMails(
    {
      paths,
      all,
      workers,
      work,
      handle(mail) {
        addProblems(tally, mail.problems);
        return console.print(json ? jsonLine(mail) : messageBlock(mail, console.outColours));
      },
    },
    tally,
    console,
  );
  if (end.ending === "interrupted") console.say("Interrupted: the rest of the mails was not read.");
  if (end.ending !== "closed") for (const line of summaryLines(tally, end.seconds)) console.say(line);
  return exitStatus(end.ending, tally);
}
