import type { Feedback } from "../feedback/feedback.ts";
import type { Log } from "../ports.ts";
import type { FeedbackOutcome } from "../suppression/record-feedback.ts";
import { type BatchAnswer, type Count, forEachDelivered } from "./for-each-delivered.ts";
import { forEachRecord } from "./for-each-record.ts";
import { readDelivered } from "./read-delivered.ts";
import type { Delivered } from "./unwrap.ts";

export interface FeedbackPorts {
  readonly recordFeedback: (feedback: Feedback) => Promise<FeedbackOutcome>;
  /** ARNs; see `unwrapEvent`. */
  readonly topics: readonly string[] | undefined;
  readonly log: Log;
}

/**
 * Makes what both feedback functions do: everything that an event tells is recorded, of whatever kind, since both kinds may come from one
 * topic. What was recorded is not recorded twice, so that an event may come again.
 */
export function createFeedbackHandler(ports: FeedbackPorts): (event: unknown) => Promise<BatchAnswer | null> {
  const { topics, log } = ports;
  return (event) =>
    forEachDelivered(event, { topics, log, told: "feedback" }, (delivered, count) =>
      recordDelivered(delivered, count, ports),
    );
}

async function recordDelivered(delivered: Delivered, count: Count, { recordFeedback }: FeedbackPorts): Promise<void> {
  const read = readDelivered(delivered);
  // The names are ours, never of the event.
  if (read.kind !== "feedback") return count(`${read.kind} ${read.name}`);
  await forEachRecord(read.feedback, async (feedback) => {
    const { kind } = await recordFeedback(feedback);
    count(kind === "noAddress" ? `${feedback.kind} without an address` : feedback.kind);
  });
}
