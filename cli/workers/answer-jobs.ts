import { parentPort } from "node:worker_threads";
import { attempt } from "./attempt.ts";

/**
 * A worker's whole life: prepared once, it answers jobs, one after the other and in order, with what became of them.
 *
 * When it cannot be prepared that is the answer to each: a worker that died of it would be replaced, again and again.
 */
export function answerJobs<Job>(prepared: Promise<(job: Job) => Promise<unknown>>): void {
  let last: Promise<unknown> = prepared.catch(() => {});
  parentPort?.on("message", (job: Job) => {
    last = last.then(async () => parentPort?.postMessage(await attempt(async () => (await prepared)(job))));
  });
}
