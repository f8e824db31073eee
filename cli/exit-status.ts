import type { Tally } from "./output/tally.ts";

/** The exit statuses that scripts depend on. 130 is what shells give for Ctrl-C: 128 and the number of SIGINT. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** How a run over mails or events ended. `closed`: standard output takes nothing more. */
export type Ending = "finished" | "interrupted" | "closed";

/** The exit status of a run over mails or events. */
export function exitStatus(ending: Ending, { failures }: Pick<Tally, "failures">): number {
  if (ending === "interrupted") return EXIT.interrupted;
  return failures > 0 ? EXIT.failed : EXIT.done;
}
