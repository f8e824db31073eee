import { readDelivered } from "../shared/lambda/read-delivered.ts";
import { type Delivered, unwrapEvent } from "../shared/lambda/unwrap.ts";
import { type Ending, exitStatus } from "./exit-status.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { loadPolicy } from "./load-policy.ts";
import { openState } from "./open-state.ts";
import type { Console } from "./output/console.ts";
import { feedbackBlock, printedEvent } from "./output/feedback-block.ts";
import { createFeedbackTally, feedbackSummary } from "./output/feedback-summary.ts";
import { jsonLine } from "./output/printable.ts";
import { add } from "./output/tally.ts";
import { reasonOf } from "./reason.ts";
import { createReportWork } from "./report-work.ts";
import { listEvents } from "./sources/list-events.ts";

export interface FeedbackOptions {
  readonly json?: true;
  readonly apply?: true;
  readonly state: string;
  /** The suppression file. */
  readonly policy?: string;
}

/**
 * Reads stored notifications and events, tells what each report in them does by itself and, with `apply`, records it.
 *
 * @returns the exit status
 */
export async function feedback(paths: readonly string[], options: FeedbackOptions, console: Console): Promise<number> {
  const { policy } = loadPolicy(options.policy);
  const state = options.apply ? openState(options.state) : undefined;
  const work = createReportWork(policy, state?.suppressionTable);
  const tally = createFeedbackTally();

  function fail(what: string, error: unknown): void {
    tally.failures += 1;
    console.say(`mailroom: ${what}: ${reasonOf(error)}`);
    console.trace(error instanceof Error ? error.stack : undefined);
  }

  /** Gives `false` once standard output takes nothing more. */
  async function handle(source: string, delivered: Delivered): Promise<boolean> {
    let event: ReturnType<typeof readDelivered>;
    try {
      event = readDelivered(delivered);
    } catch (error) {
      fail(`cannot read ${source}`, error);
      return true;
    }
    if (event.kind !== "feedback") {
      add(tally.passedOver, `${event.kind}: ${event.name}`);
      return !options.json || console.print(jsonLine({ source, ...event }));
    }
    for (const feedback of event.feedback) {
      const { printed, effect, after, failure } = await work(feedback);
      if (failure !== undefined) fail(`not recorded: a ${feedback.kind} in ${source}`, failure);
      add(tally.reports, feedback.kind);
      add(tally.effects, effect.effect);
      const told = printedEvent(source, printed, effect);
      if (!(await console.print(options.json ? jsonLine(told) : feedbackBlock(told, after, console.outColours))))
        return false;
    }
    return true;
  }

  async function goThrough(signal: AbortSignal): Promise<Ending> {
    for await (const listed of listEvents(paths, signal)) {
      if (listed.kind === "skipped") add(tally.skipped, listed.why);
      else if (listed.kind === "unreadable") fail(`cannot read ${listed.source}`, listed.reason);
      else {
        tally.events += 1;
        for (const delivered of unwrapEvent(listed.text))
          if (!(await handle(listed.source, delivered))) return "closed";
      }
    }
    return signal.aborted ? "interrupted" : "finished";
  }

  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  const started = performance.now();
  try {
    const ending = await goThrough(interrupt.signal);
    const summary = feedbackSummary(tally, (performance.now() - started) / 1000);
    for (const line of closingLines(ending, summary, options)) console.say(line);
    return exitStatus(ending, tally);
  } finally {
    interrupt.close();
    state?.close();
  }
}

function closingLines(ending: Ending, summary: readonly string[], { apply, state }: FeedbackOptions): string[] {
  // Whoever closed the pipe has seen enough; but what was not recorded is told.
  if (ending === "closed")
    return apply
      ? ["mailroom: stopped, because nobody reads the output; the reports after that were not recorded"]
      : [];
  return [
    ...(ending === "interrupted" ? ["Interrupted: the rest of the events was not read."] : []),
    ...summary,
    apply
      ? `Applied: the reports are recorded in ${state}.`
      : "Dry run: nothing was recorded. --apply records the reports, on this machine.",
  ];
}
