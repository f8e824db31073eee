import { Worker } from "node:worker_threads";
import type { StoredMail } from "../sources/stored-mail.ts";
import type { Attempt } from "./attempt.ts";
import { type MailWork, type MailWorkResult, prepareMailWork } from "./mail-work.ts";
import { createRunner, type Runner } from "./runner.ts";

/**
 * How many mails may be under way for each worker. Results are given in order, so the more, the less the others stand still
 * while one reads a large mail; but results that wait are held in memory, and a parsed mail has its whole text, 16 MB and more.
 */
const MAILS_PER_WORKER: Readonly<Record<MailWork["kind"], number>> = { replay: 64, parse: 4 };

/** A message costs as much as a tenth of reading a small mail, so several small results share one. */
const RESULTS_TOGETHER: Readonly<Record<MailWork["kind"], number>> = { replay: 8, parse: 1 };

export async function createMailRunner<Work extends MailWork>(
  work: Work,
  workers: number,
): Promise<Runner<StoredMail, MailWorkResult[Work["kind"]]>> {
  type Result = MailWorkResult[Work["kind"]];
  const runner = await createRunner<StoredMail, Result | string>({
    workers,
    jobsPerWorker: MAILS_PER_WORKER[work.kind],
    answersTogether: RESULTS_TOGETHER[work.kind],
    jobsHere: 1,
    start: () => new Worker(new URL("./mail-worker.ts", import.meta.url), { workerData: work }),
    async prepare() {
      const run = await prepareMailWork(work);
      // The result is that of the kind of work which was prepared.
      return (mail) => run(mail) as Promise<Result>;
    },
  });
  return { ...runner, run: async (mail) => asResult(await runner.run(mail)) };
}

/** Reads what a worker wrote as JSON. */
function asResult<Result extends object>(done: Attempt<Result | string>): Attempt<Result> {
  if (!done.ok) return done;
  const { result } = done;
  return { ok: true, result: typeof result === "string" ? (JSON.parse(result) as Result) : result };
}
