import { Worker } from "node:worker_threads";
import type { FoundArrival } from "../../shared/inbound/find-arrival.ts";
import { type LookPorts, lookAtMail, type Replayed, sendWhatWasMissed } from "../../shared/inbound/replay-mail.ts";
import type { WorkPorts } from "../../shared/inbound/work-on-mail.ts";
import type { Attempt } from "../workers/attempt.ts";
import { inOrder } from "../workers/in-order.ts";
import { createRunner, type Runner } from "../workers/runner.ts";
import type { Desk, DeskPlan } from "./desk.ts";
import type { DeployedMail, FoundItem } from "./find-mails.ts";

/** What came of one mail. */
interface Outcome {
  readonly mail: DeployedMail;
  readonly done: Attempt<Replayed>;
}

/** What comes of a search: mails with what became of them, and all else as it was found. */
export type ReplayedItem = Outcome | Exclude<FoundItem, { kind: "mail" }>;

/** What is needed to send what was missed. */
export type SendPorts = LookPorts & WorkPorts;

/** Mails that are read at once where no workers do it: while one comes from S3, another is parsed. */
const LOOKS_AT_ONCE = 4;

/** Mails that are under way for each worker, see `mail-runner.ts`: what waits is a mail's alerts. */
const LOOKS_PER_WORKER = 16;

/** Mails that are acted on at once. Each takes a dozen calls, one after the other, and is read once more. */
const SENDS_AT_ONCE = 4;

/** Looks at mails in this thread, or in workers. */
export function createLooks(plan: DeskPlan, workers: number, desk: Desk): Promise<Runner<FoundArrival, Replayed>> {
  return createRunner<FoundArrival, Replayed>({
    workers,
    jobsPerWorker: LOOKS_PER_WORKER,
    jobsHere: LOOKS_AT_ONCE,
    start: () => new Worker(new URL("./look-worker.ts", import.meta.url), { workerData: plan }),
    prepare: async () => (found) => lookAtMail(found, desk.ports),
  });
}

/**
 * Looks at each mail and, with `send`, does what was missed. When the signal is aborted nothing new is begun: what is being acted on is
 * finished, and what was only looked at is left.
 */
export async function* replayMails(
  items: AsyncIterable<FoundItem>,
  looks: Runner<FoundArrival, Replayed>,
  send: SendPorts | undefined,
  signal: AbortSignal,
): AsyncGenerator<ReplayedItem> {
  const looked = inOrder(untilAborted(items, signal), looks.limit, async (item) =>
    item.kind === "mail" ? { mail: item.mail, done: await looks.run(item.mail.found) } : item,
  );
  if (send === undefined) yield* looked;
  else
    yield* inOrder(untilAborted(looked, signal), SENDS_AT_ONCE, async (item) =>
      "mail" in item ? act(item, send) : item,
    );
}

async function* untilAborted<Item>(items: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  for await (const item of items) {
    if (signal.aborted) return;
    yield item;
  }
}

/** What was settled at the look stays so: nobody takes back what was done. */
async function act({ mail, done }: Outcome, send: SendPorts): Promise<Outcome> {
  if (!done.ok || done.result.standing === "settled") return { mail, done };
  try {
    return { mail, done: { ok: true, result: await sendWhatWasMissed(mail.found.arrival, send) } };
  } catch (failure) {
    return { mail, done: { ok: true, result: { ...done.result, reports: 0, failure } } };
  }
}
