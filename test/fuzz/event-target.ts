import { LossyContentError, MalformedEventError } from "../../shared/errors.ts";
import { printedFeedback } from "../../shared/feedback/printed-feedback.ts";
import type { FeedbackEvent } from "../../shared/feedback/read-event.ts";
import { mailRecordSchema } from "../../shared/inbound/record-schema.ts";
import { readDelivered } from "../../shared/lambda/read-delivered.ts";
import { type Delivered, unwrapEvent } from "../../shared/lambda/unwrap.ts";
import { readAnnouncement } from "../../shared/receipt/read-announcement.ts";
import { mutatedEvent } from "./event-mutations.ts";
import { createMeter, FuzzFault, type FuzzTarget, none } from "./fuzz-target.ts";

const AT = { keyPrefix: "raw/", bucket: "acme-mail" };
const feedbackList = mailRecordSchema.shape.feedback;

export function eventTarget(): FuzzTarget<unknown> {
  const { spent, time } = createMeter();
  const bytes = (event: unknown): Uint8Array => Buffer.from(JSON.stringify(event) ?? "undefined");
  return {
    name: "events",
    promise: "each is read, or refused in few words as one that nobody understands",
    inputs: mutatedEvent,
    spent,
    bytes,
    holds: (event) => time(bytes(event).length, async () => checkEvent(event)),
  };
}

function checkEvent(event: unknown): void {
  for (const storeEvents of [false, true]) {
    for (const delivered of unwrapEvent(event, { storeEvents })) {
      const told = readOrRefuse(() => readDelivered(delivered));
      if (told !== undefined) none(feedbackFaults(told));
      readOrRefuse(() => announced(delivered));
    }
  }
}

function announced({ path, ...delivered }: Delivered): unknown {
  if (delivered.error !== undefined) throw delivered.error;
  return readAnnouncement(delivered.payload, { path, ...AT });
}

/** What was read; `undefined` when it was refused in words. */
function readOrRefuse<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedEventError || error instanceof LossyContentError)) throw error;
    if (error.message.length > 1_000) throw new FuzzFault(`a refusal of ${error.message.length} characters`);
    return undefined;
  }
}

function feedbackFaults(event: FeedbackEvent): readonly string[] {
  if (event.kind !== "feedback") return [];
  const { success, error } = feedbackList.safeParse(event.feedback.map(printedFeedback));
  return success ? [] : error.issues.map(({ path, message }) => `feedback.${path.join(".")}: ${message}`);
}
