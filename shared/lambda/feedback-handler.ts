import { MailroomError } from "../errors.ts";
import type { Feedback } from "../feedback/feedback.ts";
import type { Log } from "../ports.ts";
import type { FeedbackOutcome } from "../suppression/record-feedback.ts";
import { errorFields } from "./error-fields.ts";
import { forEachRecord } from "./for-each-record.ts";
import { readDelivered } from "./read-delivered.ts";
import { type Delivered, unwrapEvent } from "./unwrap.ts";

export interface FeedbackPorts {
  readonly recordFeedback: (feedback: Feedback) => Promise<FeedbackOutcome>;
  /** ARNs; see `unwrapEvent`. */
  readonly topics: readonly string[] | undefined;
  readonly log: Log;
}

/** Which messages of a batch SQS shall keep: the answer that it asks for with `ReportBatchItemFailures`. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Makes what both feedback functions do: everything that an event tells is recorded, of whatever kind, since both kinds may come from one
 * topic.
 *
 * What fails does not keep the rest from being recorded. A message of SQS that failed is named in the answer, so that it alone comes again
 * and at last is in the dead-letter queue; any other failure is thrown, the first of several, so that Lambda tries the whole event again. What
 * was recorded is not recorded twice.
 */
export function createFeedbackHandler(ports: FeedbackPorts): (event: unknown) => Promise<BatchAnswer | null> {
  return async (event) => {
    const counts = new Map<string, number>();
    const failed = new Set<string>();
    let isBatch = false;
    let thrown: { readonly error: unknown } | undefined;
    for (const delivered of unwrapEvent(event, ports.topics)) {
      const { path, sqsMessageId } = delivered;
      isBatch ||= sqsMessageId !== undefined;
      try {
        await recordDelivered(delivered, counts, ports);
      } catch (error) {
        ports.log.error("record failed", { path, sqsMessageId, ...errorFields(error) });
        add(counts, "failed");
        if (sqsMessageId === undefined) thrown ??= { error };
        else if (!isDiscarded(error)) failed.add(sqsMessageId);
      }
    }
    ports.log.info("feedback", Object.fromEntries(counts));
    if (thrown !== undefined) throw thrown.error;
    return isBatch ? { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) } : null;
  };
}

async function recordDelivered(
  delivered: Delivered,
  counts: Map<string, number>,
  { recordFeedback }: FeedbackPorts,
): Promise<void> {
  const read = readDelivered(delivered);
  // The names are ours, never of the event.
  if (read.kind !== "feedback") return add(counts, `${read.kind} ${read.name}`);
  await forEachRecord(read.feedback, async (feedback) => {
    const { kind } = await recordFeedback(feedback);
    add(counts, kind === "noAddress" ? `${feedback.kind} without an address` : feedback.kind);
  });
}

/** What is not to be tried again. Lambda is told so of whole events by the stack of the functions. */
function isDiscarded(error: unknown): boolean {
  return error instanceof MailroomError && error.retry === "discard";
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
