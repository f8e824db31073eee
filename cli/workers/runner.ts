import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { attempt } from "./attempt.ts";
import { createPool, type Pool } from "./pool.ts";

export interface Runner<Job, Result> extends Pool<Job, Result> {
  /** How many jobs to give it at a time. */
  readonly limit: number;
}

export interface RunnerParts<Job, Result> {
  readonly workers: number;
  /** How many jobs may be under way for each worker. */
  readonly jobsPerWorker: number;
  /** How many answers a worker may send in one message; 1 unless told. */
  readonly answersTogether?: number;
  /** And how many where there is none but this thread. */
  readonly jobsHere: number;
  readonly start: () => Worker;
  /** What a worker does once, for this thread. */
  readonly prepare: () => Promise<(job: Job) => Promise<Result>>;
}

/** Does the work in this thread when one worker is asked for: parsing is computing, a second thread alone would gain nothing. */
export async function createRunner<Job, Result>(parts: RunnerParts<Job, Result>): Promise<Runner<Job, Result>> {
  const { workers, jobsPerWorker, answersTogether, jobsHere, start, prepare } = parts;
  if (workers > 1)
    return { ...createPool<Job, Result>(workers, start, answersTogether), limit: workers * jobsPerWorker };
  const run = await prepare();
  return {
    limit: jobsHere,
    async run(job) {
      const done = await attempt(() => run(job));
      // Signals and timers get their turn between jobs even when none of them waits for anything.
      await setImmediate();
      return done;
    },
    async close() {},
  };
}
