import { workerData } from "node:worker_threads";
import type { FoundArrival } from "../../shared/inbound/find-arrival.ts";
import { lookAtMail } from "../../shared/inbound/replay-mail.ts";
import { answerJobs } from "../workers/answer-jobs.ts";
import { type DeskPlan, openDesk } from "./desk.ts";

async function prepareLook() {
  const { ports } = openDesk(workerData as DeskPlan);
  return (found: FoundArrival) => lookAtMail(found, ports);
}

answerJobs(prepareLook());
