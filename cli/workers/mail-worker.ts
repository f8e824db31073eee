import { parentPort, workerData } from "node:worker_threads";
import type { StoredMail } from "../sources/stored-mail.ts";
import { attempt } from "./attempt.ts";
import { type MailWork, prepareMailWork } from "./mail-work.ts";

// A worker's whole life: prepare once, then answer the mails, one after the other and in order, with what became of them.
// When it cannot be prepared that is the answer to each: a worker that died of it would be replaced, again and again.
const prepared = prepareMailWork(workerData as MailWork);
let last: Promise<unknown> = prepared.catch(() => {});

parentPort?.on("message", (mail: StoredMail) => {
  last = last.then(async () => parentPort?.postMessage(await attempt(async () => (await prepared)(mail))));
});
