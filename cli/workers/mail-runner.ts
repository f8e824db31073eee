import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { StoredMail } from "../sources/stored-mail.ts";
import { type Attempt, attempt } from "./attempt.ts";
import { type MailWork, type MailWorkResult, prepareMailWork } from "./mail-work.ts";
import { createPool, type Pool } from "./pool.ts";

/**
 * How many mails may be under way for each worker. Results are given in order, so the more, the less the others stand still
 * while one reads a large mail; but results that wait are held in memory, and a parsed mail has its whole text, 16 MB and more.
 */
const MAILS_PER_WORKER: Readonly<Record<MailWork["kind"], number>> = { replay: 64, parse: 4 };

export interface MailRunner<Result> extends Pool<StoredMail, Result> {
  /** How many mails to give it at a time. */
  readonly limit: number;
}

/** Does the work in this thread when one worker is asked for: parsing is computing, a second thread alone would gain nothing. */
export async function createMailRunner<Work extends MailWork>(
  work: Work,
  workers: number,
): Promise<MailRunner<MailWorkResult[Work["kind"]]>> {
  type Result = MailWorkResult[Work["kind"]];
  if (workers > 1) {
    const start = () => new Worker(new URL("./mail-worker.ts", import.meta.url), { workerData: work });
    return { ...createPool<StoredMail, Result>(workers, start), limit: workers * MAILS_PER_WORKER[work.kind] };
  }
  const run = await prepareMailWork(work);
  return {
    limit: 1,
    async run(mail) {
      // The result is that of the kind of work which was prepared.
      const done = (await attempt(() => run(mail))) as Attempt<Result>;
      // Signals and timers get their turn between mails even when none of them waits for anything.
      await setImmediate();
      return done;
    },
    async close() {},
  };
}
