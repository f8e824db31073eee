import { workerData } from "node:worker_threads";
import { answerJobs } from "./answer-jobs.ts";
import { type MailWork, prepareMailWork } from "./mail-work.ts";

const work = workerData as MailWork;

/** An evaluation is many small objects: as JSON it is written and read twice as fast as a message of objects. A parsed mail is a few long texts. */
async function prepare() {
  const run = await prepareMailWork(work);
  return work.kind === "replay" ? async (mail: Parameters<typeof run>[0]) => JSON.stringify(await run(mail)) : run;
}

answerJobs(prepare());
