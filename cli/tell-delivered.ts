import type { Feedback } from "../shared/feedback/feedback.ts";
import { readDelivered } from "../shared/lambda/read-delivered.ts";
import type { Delivered } from "../shared/lambda/unwrap.ts";
import type { Console } from "./output/console.ts";
import { feedbackBlock, printedEvent } from "./output/feedback-block.ts";
import type { FeedbackTally } from "./output/feedback-summary.ts";
import { jsonLine } from "./output/printable.ts";
import { add } from "./output/tally.ts";
import { reasonOf } from "./reason.ts";
import type { ReportWork } from "./report-work.ts";

/** Where a run over events is told and counted. */
export interface Seen {
  readonly tally: FeedbackTally;
  readonly console: Console;
  readonly json: boolean;
}

/**
 * Reads what one record of an event brought, does the work with each report in it, and tells what came of it.
 *
 * @returns `false` once standard output takes nothing more
 */
export async function tellDelivered(
  source: string,
  delivered: Delivered,
  work: ReportWork,
  seen: Seen,
): Promise<boolean> {
  const event = attempt(() => readDelivered(delivered));
  if ("failure" in event) {
    tellFailure(`cannot read ${source}`, event.failure, seen);
    return true;
  }
  if (event.kind !== "feedback") {
    add(seen.tally.passedOver, `${event.kind}: ${event.name}`);
    return !seen.json || seen.console.print(jsonLine({ source, ...event }));
  }
  for (const feedback of event.feedback) if (!(await tellReport(source, feedback, work, seen))) return false;
  return true;
}

async function tellReport(source: string, feedback: Feedback, work: ReportWork, seen: Seen): Promise<boolean> {
  const { tally, console, json } = seen;
  const { printed, effect, after, failure } = await work(feedback);
  if (failure !== undefined) tellFailure(`not recorded: a ${feedback.kind} in ${source}`, failure, seen);
  add(tally.reports, feedback.kind);
  add(tally.effects, effect.effect);
  const told = printedEvent(source, printed, effect);
  return console.print(json ? jsonLine(told) : feedbackBlock(told, after, console.outColours));
}

export function tellFailure(what: string, error: unknown, { tally, console }: Seen): void {
  tally.failures += 1;
  console.say(`mailroom: ${what}: ${reasonOf(error)}`);
  console.trace(error instanceof Error ? error.stack : undefined);
}

function attempt<Result>(work: () => Result): Result | { readonly failure: unknown } {
  try {
    return work();
  } catch (failure) {
    return { failure };
  }
}
