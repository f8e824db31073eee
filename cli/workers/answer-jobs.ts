import { parentPort } from "node:worker_threads";
import { type Attempt, attempt } from "./attempt.ts";

/** What a worker is sent. */
export interface JobBatch<Job> {
  readonly jobs: readonly Job[];
  /** How many answers it may keep back to send them in one message. */
  readonly together: number;
  /** Where it counts the jobs that it has begun, so that its death tells of which it died. */
  readonly begun: Int32Array<SharedArrayBuffer>;
}

/** Milliseconds that an answer may be kept back by the jobs after it, but for the one that is being done. */
const MAX_DELAY = 20;

/**
 * A worker's whole life: prepared once, it answers jobs, one after the other and in order, with what became of them.
 *
 * When it cannot be prepared that is the answer to each: a worker that died of it would be replaced, again and again.
 */
export function answerJobs<Job>(prepared: Promise<(job: Job) => Promise<unknown>>): void {
  let last: Promise<unknown> = prepared.catch(() => {});
  let queued = 0;
  let answers: Attempt<unknown>[] = [];
  let posted = performance.now();

  function isDue(together: number): boolean {
    return queued === 0 || answers.length >= together || performance.now() - posted > MAX_DELAY;
  }

  async function answer(job: Job, { together, begun }: JobBatch<Job>): Promise<void> {
    Atomics.add(begun, 0, 1);
    answers.push(await attempt(async () => (await prepared)(job)));
    queued -= 1;
    if (!isDue(together)) return;
    parentPort?.postMessage(answers);
    answers = [];
    posted = performance.now();
  }

  parentPort?.on("message", (batch: JobBatch<Job>) => {
    queued += batch.jobs.length;
    for (const job of batch.jobs) last = last.then(() => answer(job, batch));
  });
}
