import type { Worker } from "node:worker_threads";
import { reasonOf } from "../output/reason.ts";
import type { Attempt } from "./attempt.ts";

/** Two, so that a worker finds its next job when it has done one, and a slow one does not keep many waiting behind it. */
const JOBS_AT_A_WORKER = 2;

export interface Pool<Job, Result> {
  /** Never rejects. Jobs start in the order in which they are given. */
  run(job: Job): Promise<Attempt<Result>>;
  close(): Promise<void>;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly settle: (attempt: Attempt<Result>) => void;
}

/**
 * A pool of workers that do one job after the other and answer each with one `Attempt`. They are started when there is work.
 *
 * Because a worker does one job at a time, it is known which mail it died of: that one fails, the one behind it is given to
 * another worker.
 */
export function createPool<Job, Result>(size: number, start: () => Worker): Pool<Job, Result> {
  const waiting: Waiting<Job, Result>[] = [];
  /** Each worker's jobs: the first is the one that it does. */
  const jobs = new Map<Worker, Waiting<Job, Result>[]>();

  function assign(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const worker = leastBusy();
      if (!worker) return;
      jobs.get(worker)?.push(next);
      waiting.shift();
      worker.postMessage(next.job);
    }
  }

  /** An idle worker, else a new one, else one with room behind its job. */
  function leastBusy(): Worker | undefined {
    const [first] = [...jobs].sort(([, a], [, b]) => a.length - b.length);
    const least = first?.[1].length ?? Number.POSITIVE_INFINITY;
    if (least > 0 && jobs.size < size) return hire();
    return least < JOBS_AT_A_WORKER ? first?.[0] : undefined;
  }

  function hire(): Worker {
    const worker = start();
    const mine: Waiting<Job, Result>[] = [];
    let cause: unknown;
    jobs.set(worker, mine);
    worker.on("message", (answer: Attempt<Result>) => {
      mine.shift()?.settle(answer);
      assign();
    });
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (status) => {
      jobs.delete(worker);
      mine.shift()?.settle({ ok: false, reason: deathReason(cause, status) });
      waiting.unshift(...mine);
      assign();
    });
    return worker;
  }

  return {
    run: (job) =>
      new Promise((settle) => {
        waiting.push({ job, settle });
        assign();
      }),
    async close() {
      const workers = [...jobs.keys()];
      waiting.length = 0;
      for (const worker of workers) worker.removeAllListeners("exit");
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function deathReason(cause: unknown, status: number): string {
  const isMemory = cause instanceof Error && (cause as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY";
  if (isMemory) return "the worker that read it ran out of memory";
  return `the worker that read it ended ${cause === undefined ? `with status ${status}` : `with an error: ${reasonOf(cause)}`}`;
}
