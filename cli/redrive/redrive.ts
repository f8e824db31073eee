import { systemClock } from "../../shared/system-clock.ts";
import { type DeploymentOptions, readDeployment } from "../deployment/read-deployment.ts";
import { type Ending, EXIT } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import { plural } from "../output/count.ts";
import { jsonLine } from "../output/printable.ts";
import { depthLine, letterLines, printedLetter, type RedriveTally, redriveSummary } from "../output/redrive-output.ts";
import { reasonOf } from "../reason.ts";
import { type OpenQueue, openQueues } from "./open-queues.ts";
import type { QueueName } from "./queues.ts";
import { type Outcome, workThrough } from "./work-through.ts";

export interface RedriveOptions extends DeploymentOptions {
  /** This one alone. */
  readonly queue?: QueueName;
  /** How many letters are looked at, at most. */
  readonly limit?: number;
  readonly apply?: true;
  readonly json?: true;
}

/** Tells what is in the dead-letter queues of a deployment and, with `apply`, has it handled again. */
export async function redrive(options: RedriveOptions, console: Console): Promise<number> {
  using open = await openQueues(await readDeployment(options), options.queue);
  const tally: RedriveTally = { planned: 0, replayed: 0, left: 0, failed: 0, later: 0, silent: new Set() };
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  const run: Run = { ...options, tally, console, signal: interrupt.signal, startedAt: systemClock.now() };
  try {
    const ending = await redriveAll(open.queues, run);
    for (const line of redriveSummary(tally, ending, options)) console.say(line);
    if (ending === "interrupted") return EXIT.interrupted;
    return tally.failed === 0 && run.isBroken === undefined ? EXIT.done : EXIT.failed;
  } finally {
    interrupt.close();
  }
}

interface Run extends Pick<RedriveOptions, "limit" | "apply" | "json"> {
  readonly tally: RedriveTally;
  readonly console: Console;
  readonly signal: AbortSignal;
  readonly startedAt: string;
  /** A queue could not be read, or not be given all back. */
  isBroken?: true;
  /** Standard output takes nothing more. */
  isClosed?: true;
}

/** A queue that fails is told, the others are worked through all the same. */
async function redriveAll(queues: readonly OpenQueue[], run: Run): Promise<Ending | "limit"> {
  for (const queue of queues) {
    try {
      await redriveQueue(queue, run);
    } catch (error) {
      run.isBroken = true;
      run.console.say(`mailroom: ${queue.name}: ${reasonOf(error)}`);
    }
    if (run.signal.aborted) return "interrupted";
    if (run.isClosed && !run.apply) return "closed";
    if (left(run) <= 0) return "limit";
  }
  return "finished";
}

async function redriveQueue(queue: OpenQueue, run: Run): Promise<void> {
  const { tally, console, apply = false, signal, startedAt } = run;
  console.say(depthLine(queue, await queue.letters.depth()));
  const tell = (outcome: Outcome) => tellLetter(queue, outcome, run);
  const worked = await workThrough(queue, { apply, signal, startedAt, left: () => left(run), tell });
  tally.later += worked.later;
  if (worked.mayRemain)
    console.say(
      `mailroom: ${queue.name}: messages that were looked at came back before the rest did; there may be more: run it again`,
    );
  const [reason] = worked.notGivenBack;
  if (reason === undefined) return;
  run.isBroken = true;
  const letters = plural(worked.notGivenBack.length, "message");
  console.say(
    `mailroom: ${queue.name}: ${letters} could not be given back, and can be seen again in five minutes: ${reasonOf(reason)}`,
  );
}

function left({ limit = Number.POSITIVE_INFINITY, tally: { planned, replayed, left, failed } }: Run): number {
  return limit - (planned + replayed + left + failed);
}

async function tellLetter(queue: OpenQueue, outcome: Outcome, run: Run): Promise<boolean> {
  const { tally, console, json } = run;
  const { told, failure } = outcome.explanation;
  tally[outcome.status] += 1;
  if (failure === null && told.some(({ what }) => what !== "unknown")) tally.silent.add(queue.failed);
  if (outcome.failure !== undefined)
    console.say(`mailroom: ${queue.name}: message ${outcome.letter.id} stays: ${reasonOf(outcome.failure)}`);
  const printed = printedLetter(queue.name, outcome);
  const isHeard = await console.print(json ? jsonLine(printed) : letterLines(printed));
  if (!isHeard) run.isClosed = true;
  return isHeard;
}
