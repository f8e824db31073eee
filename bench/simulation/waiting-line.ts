import type { Mail } from "./mail.ts";

/** Mails that wait for room, first come, first served. */
export interface WaitingLine {
  readonly join: (mail: Mail) => void;
  readonly first: () => Mail | undefined;
  readonly leave: () => void;
}

export function waitingLine(): WaitingLine {
  let line: Mail[] = [];
  let gone = 0;
  return {
    join: (mail) => {
      line.push(mail);
    },
    first: () => line[gone],
    leave() {
      gone++;
      // What is gone is cut off now and then, and not each time.
      if (gone > 1_000 && 2 * gone > line.length) [line, gone] = [line.slice(gone), 0];
    },
  };
}
