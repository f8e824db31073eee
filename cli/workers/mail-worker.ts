import { workerData } from "node:worker_threads";
import { answerJobs } from "./answer-jobs.ts";
import { type MailWork, prepareMailWork } from "./mail-work.ts";

answerJobs(prepareMailWork(workerData as MailWork));
