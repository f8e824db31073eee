import { aroundCalls } from "../support/scheduled-ports.ts";

/** What a run meets whose process is gone. */
class Killed extends Error {
  override readonly name = "Killed";
}

/** Where the first run of a mail dies, and what it called until then. */
export interface Death {
  /** The port calls of the run, in order: `mailLog.put`, or `mailLog.put, refused` when another run was quicker. */
  readonly calls: readonly string[];
  readonly isDead: boolean;
  /** The same ports, on which the run dies. */
  mortal<Ports extends object>(name: string, port: Ports): Ports;
}

/**
 * Ports that work until the given call has happened, and then never again: what the call did is done, and the run gets no answer, nor to any call
 * that it would still make to clean up.
 *
 * @param after the number of the fatal call, from 1; Infinity for a run that lives
 */
export function createDeath(after: number): Death {
  const calls: string[] = [];
  let isDead = false;

  function enter(call: string): void {
    if (isDead) throw new Killed(call);
    calls.push(call);
  }

  function leave(call: string): void {
    if (calls.length < after) return;
    isDead = true;
    throw new Killed(call);
  }

  return {
    calls,
    get isDead() {
      return isDead;
    },
    mortal: (name, port) =>
      aroundCalls(name, port, async (call, make) => {
        enter(call);
        const answer = await make();
        if (answer === false) calls[calls.length - 1] = `${call}, refused`;
        leave(call);
        return answer;
      }),
  };
}
