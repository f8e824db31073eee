import type { Worker } from "node:worker_threads";
import { errorCode } from "../../shared/errors.ts";
import { reasonOf } from "../reason.ts";
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
      const worker = workerWith(0, jobs) ?? (jobs.size < size ? hire() : workerWith(JOBS_AT_A_WORKER - 1, jobs));
      if (!worker) return;
      jobs.get(worker)?.push(next);
      waiting.shift();
      worker.postMessage(next.job);
    }
  }

  function hire(): Worker {
    const worker = start();
    const mine: Waiting<Job, Result>[] = [];
    jobs.set(worker, mine);
    worker.on("message", (answer: Attempt<Result>) => {
      mine.shift()?.settle(answer);
      assign();
    });
    onDeath(worker, (reason) => {
      jobs.delete(worker);
      mine.shift()?.settle({ ok: false, reason });
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
      waiting.length = 0;
      await Promise.all([...jobs.keys()].map(dismiss));
    },
  };
}

/** The least busy worker, if it has no more jobs than this. */
function workerWith(most: number, jobs: ReadonlyMap<Worker, readonly unknown[]>): Worker | undefined {
  const [least] = [...jobs].sort(([, a], [, b]) => a.length - b.length);
  return least !== undefined && least[1].length <= most ? least[0] : undefined;
}

/** Calls with the reason, in words, when the worker ends. */
function onDeath(worker: Worker, died: (reason: string) => void): void {
  let cause: unknown;
  worker.on("error", (error) => {
    cause = error;
  });
  worker.on("exit", (status) => died(deathReason(cause, status)));
}

async function dismiss(worker: Worker): Promise<void> {
  worker.removeAllListeners("exit");
  await worker.terminate();
}

function deathReason(cause: unknown, status: number): string {
  if (errorCode(cause) === "ERR_WORKER_OUT_OF_MEMORY") return "the worker that read it ran out of memory";
  return `the worker that read it ended ${cause === undefined ? `with status ${status}` : `with an error: ${reasonOf(cause)}`}`;
}
