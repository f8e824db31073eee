import { aroundCalls } from "../support/scheduled-ports.ts";

/** What a run meets whose process is gone. */
class Killed extends Error {
  override readonly name = "Killed";
}

/** What the fatal call does to the run: it ends it, or it fails, its effect done and its answer lost. */
export type Hurt = "kills" | "loses its answer";

/** Where the first run of a mail dies, and what it called until then. */
export interface Death {
  /** The port calls of the run, in order: `mailLog.put`, or `mailLog.put, refused` when another run was quicker. */
  readonly calls: readonly string[];
  readonly isDead: boolean;
  /** The call that it was hit at. */
  readonly hitAt: string | undefined;
  /** The same ports, on which the run dies. */
  mortal<Ports extends object>(name: string, port: Ports): Ports;
}

/**
 * Ports that work until the given call has happened, and then never again: what the call did is done, and the run gets no answer, nor to any call
 * that it would still make to clean up.
 *
 * @param after the number of the fatal call, from 1; Infinity for a run that lives
 */
export function createDeath(after: number, hurt: Hurt = "kills"): Death {
  const calls: string[] = [];
  let isDead = false;
  let hitAt: string | undefined;

  function enter(call: string): void {
    if (isDead) throw new Killed(call);
    calls.push(call);
  }

  function leave(call: string): void {
    if (calls.length < after || hitAt !== undefined) return;
    hitAt = calls.at(-1);
    isDead = hurt === "kills";
    throw isDead ? new Killed(call) : new Error(`the answer of ${call} was lost`);
  }

  return {
    calls,
    get isDead() {
      return isDead;
    },
    get hitAt() {
      return hitAt;
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
