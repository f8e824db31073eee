import { setImmediate } from "node:timers/promises";
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
  prepared.catch(() => {});
  const queue: { readonly job: Job; readonly batch: JobBatch<Job> }[] = [];
  let works = false;

  async function work(): Promise<void> {
    // Small jobs wait for nothing: first all messages are taken that lie there, or each would be answered by itself.
    await setImmediate();
    let answers: Attempt<unknown>[] = [];
    let posted = performance.now();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { job, batch } = next;
      Atomics.add(batch.begun, 0, 1);
      answers.push(await attempt(async () => (await prepared)(job)));
      if (queue.length > 0 && answers.length < batch.together && performance.now() - posted < MAX_DELAY) continue;
      parentPort?.postMessage(answers);
      answers = [];
      posted = performance.now();
    }
    works = false;
  }

  parentPort?.on("message", (batch: JobBatch<Job>) => {
    for (const job of batch.jobs) queue.push({ job, batch });
    if (works) return;
    works = true;
    void work();
  });
}
