import type { Random } from "./random.ts";
import type { Rate } from "./rate-limit.ts";

/** What a run does for a mail. */
export interface Work {
  readonly alerts: boolean;
  /** Seconds until its alerts are out, and it is put down what was done. */
  readonly before: number;
  /** Seconds that this takes. */
  readonly after: number;
}

export interface Lambda {
  /** Runs at once. */
  readonly concurrency: number;
  /** New environments. */
  readonly scaleUp: Rate;
  /** Seconds that a new environment needs before its first run. */
  readonly coldStart: number;
  /** Seconds after which an environment that nobody needs is gone. */
  readonly idle: number;
  /** Environments that are there at the beginning. */
  readonly warm: number;
  /** `retry`: what is throttled is tried again after a time that doubles. `queue`: it is run as soon as there is room, one after the other. */
  readonly waiting: "retry" | "queue";
  /** Seconds after which something throttled is first tried again, and the longest of such times. */
  readonly backOff: { readonly first: number; readonly longest: number };
  /** Seconds before each new try of what failed. */
  readonly afterError: readonly number[];
  /** Seconds after which an event is given up. */
  readonly maxAge: number;
}

/** Requests of which there may be so many; who asks goes on for so many seconds before it fails. */
interface Service {
  readonly rate: Rate;
  readonly patience: number;
}

export interface Scenario {
  readonly seed: number;
  /** Seconds. */
  readonly span: number;
  readonly rateAt: (second: number) => number;
  readonly work: (random: Random) => Work;
  readonly lambda: Lambda;
  readonly sns: Service;
  /** Each mail's entry lies in one of so many partitions, each with that rate. */
  readonly dynamo: Service & { readonly partitions: number };
}

/** Write units: the claim, the mark of an alert, and what is put down at the end. The first and the last together are as measured. */
export const UNITS = { claim: 1, mark: 1, settle: 2 } as const;
