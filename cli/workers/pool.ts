import type { Worker } from "node:worker_threads";
import { errorCode } from "../../shared/errors.ts";
import { reasonOf } from "../reason.ts";
import type { JobBatch } from "./answer-jobs.ts";
import type { Attempt } from "./attempt.ts";

export interface Pool<Job, Result> {
  /** Never rejects. Jobs start in the order in which they are given. */
  run(job: Job): Promise<Attempt<Result>>;
  close(): Promise<void>;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly settle: (attempt: Attempt<Result>) => void;
}

/** A worker's jobs: the first is the oldest that it has not answered. */
interface Member<Job, Result> {
  readonly worker: Worker;
  readonly jobs: Waiting<Job, Result>[];
  readonly begun: Int32Array<SharedArrayBuffer>;
  answered: number;
}

/**
 * A pool of workers that do one job after the other and answer each with one `Attempt`. They are started when there is work.
 *
 * Because a worker counts the jobs that it begins, it is known which mail it died of: that one fails, those that it has not answered are
 * given to another worker.
 *
 * @param together answers that a worker may send in one message. It has twice as many jobs, so that it finds the next when it has sent them;
 * more would wait behind a slow one.
 */
export function createPool<Job, Result>(size: number, start: () => Worker, together = 1): Pool<Job, Result> {
  const waiting: Waiting<Job, Result>[] = [];
  const members = new Set<Member<Job, Result>>();

  function assign(): void {
    const given = new Map<Member<Job, Result>, Job[]>();
    for (let next = waiting[0]; next; next = waiting[0]) {
      const member = memberWith(0, members) ?? (members.size < size ? hire() : memberWith(2 * together - 1, members));
      if (!member) break;
      member.jobs.push(next);
      given.set(member, [...(given.get(member) ?? []), next.job]);
      waiting.shift();
    }
    for (const [{ worker, begun }, jobs] of given)
      worker.postMessage({ jobs, together, begun } satisfies JobBatch<Job>);
  }

  function hire(): Member<Job, Result> {
    const worker = start();
    const member: Member<Job, Result> = {
      worker,
      jobs: [],
      begun: new Int32Array(new SharedArrayBuffer(4)),
      answered: 0,
    };
    members.add(member);
    worker.on("message", (answers: readonly Attempt<Result>[]) => {
      member.answered += answers.length;
      for (const answer of answers) member.jobs.shift()?.settle(answer);
      assign();
    });
    onDeath(worker, (reason) => {
      members.delete(member);
      const [fatal] = member.jobs.splice(beingDone(member), 1);
      fatal?.settle({ ok: false, reason });
      waiting.unshift(...member.jobs);
      assign();
    });
    return member;
  }

  return {
    run: (job) =>
      new Promise((settle) => {
        waiting.push({ job, settle });
        assign();
      }),
    async close() {
      waiting.length = 0;
      await Promise.all([...members].map(({ worker }) => dismiss(worker)));
    },
  };
}

/** The least busy member, if it has no more jobs than this. */
function memberWith<Job, Result>(
  most: number,
  members: ReadonlySet<Member<Job, Result>>,
): Member<Job, Result> | undefined {
  let least: Member<Job, Result> | undefined;
  for (const member of members) if (least === undefined || member.jobs.length < least.jobs.length) least = member;
  return least !== undefined && least.jobs.length <= most ? least : undefined;
}

/** Which of its jobs a worker does, or is about to: the last that it has begun. */
function beingDone<Job, Result>({ begun, answered }: Member<Job, Result>): number {
  return Math.max(0, Atomics.load(begun, 0) - answered - 1);
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
