import { MailroomError } from "../errors.ts";
import type { Log } from "../ports.ts";
import { errorFields } from "./error-fields.ts";
import { type Accepted, type Delivered, unwrapEvent } from "./unwrap.ts";

/** Which messages of a batch SQS shall keep: the answer that it asks for with `ReportBatchItemFailures`. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What is counted over one event, by names that are ours; one log line tells it. */
export type Count = (name: string) => void;

export interface Deliveries extends Accepted {
  /** The log line with the counts; there is none when nothing was counted. */
  readonly told: string;
  readonly log: Log;
}

/**
 * Handles everything that an event brings, one after the other and each by itself: what fails does not keep the rest from being handled.
 *
 * A message of SQS that failed is named in the answer, so that it alone comes again and at last is in the dead-letter queue; any other
 * failure is thrown, the first of several, so that Lambda tries the whole event again. What asks to be discarded is logged, and no failure.
 *
 * @param handle must be able to handle the same again
 * @returns what the function answers: `null` to all but SQS
 */
export async function forEachDelivered(
  event: unknown,
  { log, told, ...accepted }: Deliveries,
  handle: (delivered: Delivered, count: Count) => Promise<void>,
): Promise<BatchAnswer | null> {
  const counts = new Map<string, number>();
  const count: Count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const failed = new Set<string>();
  let isBatch = false;
  let thrown: { readonly error: unknown } | undefined;
  for (const delivered of unwrapEvent(event, accepted)) {
    const { path, sqsMessageId } = delivered;
    isBatch ||= sqsMessageId !== undefined;
    try {
      await handle(delivered, count);
    } catch (error) {
      log.error("record failed", { path, sqsMessageId, ...errorFields(error) });
      count("failed");
      if (isDiscarded(error)) continue;
      if (sqsMessageId === undefined) thrown ??= { error };
      else failed.add(sqsMessageId);
    }
  }
  if (counts.size > 0) log.info(told, Object.fromEntries(counts));
  if (thrown !== undefined) throw thrown.error;
  return isBatch ? { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) } : null;
}

function isDiscarded(error: unknown): boolean {
  return error instanceof MailroomError && error.retry === "discard";
}
