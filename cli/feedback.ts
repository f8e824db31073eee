import { unwrapEvent } from "../shared/lambda/unwrap.ts";
import { type Ending, exitStatus } from "./exit-status.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { loadPolicy } from "./load-policy.ts";
import { openState } from "./open-state.ts";
import type { Console } from "./output/console.ts";
import { createFeedbackTally, feedbackSummary } from "./output/feedback-summary.ts";
import { add } from "./output/tally.ts";
import { createReportWork, type ReportWork } from "./report-work.ts";
import { type ListedEvent, listEvents } from "./sources/list-events.ts";
import { type Seen, tellDelivered, tellFailure } from "./tell-delivered.ts";

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
  const seen = { tally: createFeedbackTally(), console, json: options.json ?? false };
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  const started = performance.now();
  try {
    const ending = await goThrough(listEvents(paths, interrupt.signal), work, seen);
    const told = ending === "finished" && interrupt.signal.aborted ? "interrupted" : ending;
    const summary = feedbackSummary(seen.tally, (performance.now() - started) / 1000);
    for (const line of closingLines(told, summary, options)) console.say(line);
    return exitStatus(told, seen.tally);
  } finally {
    interrupt.close();
    state?.close();
  }
}

async function goThrough(events: AsyncIterable<ListedEvent>, work: ReportWork, seen: Seen): Promise<Ending> {
  for await (const listed of events) {
    if (listed.kind === "skipped") add(seen.tally.skipped, listed.why);
    else if (listed.kind === "unreadable") tellFailure(`cannot read ${listed.source}`, listed.reason, seen);
    else {
      seen.tally.events += 1;
      for (const delivered of unwrapEvent(listed.text))
        if (!(await tellDelivered(listed.source, delivered, work, seen))) return "closed";
    }
  }
  return "finished";
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
