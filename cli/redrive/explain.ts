import { MailroomError } from "../../shared/errors.ts";
import type { FeedbackEvent } from "../../shared/feedback/read-event.ts";
import { readDelivered } from "../../shared/lambda/read-delivered.ts";
import { type Delivered, unwrapEvent } from "../../shared/lambda/unwrap.ts";
import { isObject, type Json } from "../../shared/receipt/event-shape.ts";
import { readAnnouncement } from "../../shared/receipt/read-announcement.ts";

/** What a record in a dead letter tells. */
export type Told =
  | { readonly what: "mail"; readonly sesMessageId: string }
  | {
      readonly what: "bounce" | "complaint" | "delay" | "delivery";
      readonly recipients: number;
      /** Of the mail that it is about. */
      readonly sesMessageId: string | null;
    }
  /** Known, and nothing is to be done about it. The name is ours, never of the event. */
  | { readonly what: "nothing"; readonly name: string }
  | { readonly what: "unknown"; readonly because: string };

/** Why a function gave up, as Lambda tells its on-failure destination (SES fact 6.2). */
export interface Failure {
  readonly condition: string | null;
  readonly runs: number | null;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
}

export interface Explanation {
  readonly told: readonly Told[];
  /** `null` where the letter does not say. */
  readonly failure: Failure | null;
  /** What its function is to be given again; `undefined`: the letter holds nothing that a function takes. */
  readonly replay: string | undefined;
}

/**
 * Explains a dead letter of SES's feedback. It is sent back as it is, whatever it is: the function decides.
 *
 * @param topic the one whose messages the function takes
 */
export function explainFeedback(body: string, { topic }: { readonly topic: string }): Explanation {
  const told = Array.from(unwrapEvent(body, { topics: [topic] }), (delivered) =>
    toldBy(() => ofFeedback(readDelivered(delivered))),
  );
  return { told, failure: failureIn(parsed(body)), replay: body };
}

/** Explains an event that process-mail failed on: Lambda's record of the failed call, or (from a dead-letter queue) the event alone. */
export function explainMail(body: string, place: { readonly bucket: string; readonly keyPrefix: string }): Explanation {
  const told = Array.from(unwrapEvent(body, { storeEvents: true }), (delivered) =>
    toldBy(() => ofAnnouncement(delivered, place)),
  );
  const record = parsed(body);
  const payload = record?.["requestPayload"];
  if (payload != null) return { told, failure: failureIn(record), replay: JSON.stringify(payload) };
  const isEvent = record !== undefined && told.some(({ what }) => what !== "unknown");
  return { told, failure: failureIn(record), replay: isEvent ? body : undefined };
}

function toldBy(read: () => Told): Told {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MailroomError)) throw error;
    return { what: "unknown", because: error.message };
  }
}

function ofFeedback(read: FeedbackEvent): Told {
  if (read.kind !== "feedback") return { what: "nothing", name: read.name };
  const [first] = read.feedback;
  if (first === undefined) return { what: "nothing", name: "a report about nobody" };
  return { what: first.kind, recipients: read.feedback.length, sesMessageId: first.mail.messageId };
}

function ofAnnouncement(
  { path, ...delivered }: Delivered,
  place: { readonly bucket: string; readonly keyPrefix: string },
): Told {
  if (delivered.error !== undefined) throw delivered.error;
  const announced = readAnnouncement(delivered.payload, { path, ...place });
  if (announced.kind === "ignored") return { what: "nothing", name: announced.name };
  return { what: "mail", sesMessageId: announced.arrival.sesMessageId };
}

function failureIn(record: Json | undefined): Failure | null {
  const context = record?.["requestContext"];
  if (!isObject(context)) return null;
  const response = record?.["responsePayload"];
  const { errorType, errorMessage }: Json = isObject(response) ? response : {};
  return {
    condition: textOf(context["condition"]),
    runs: typeof context["approximateInvokeCount"] === "number" ? context["approximateInvokeCount"] : null,
    errorType: textOf(errorType),
    errorMessage: textOf(errorMessage),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The object that a letter is the JSON of; `undefined` where it is none. */
function parsed(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
