import * as z from "zod/mini";
import { readShape } from "../receipt/event-shape.ts";
import {
  bounceFeedback,
  complaintFeedback,
  delayFeedback,
  deliveryFeedback,
  type EventContext,
} from "./event-feedback.ts";
import { bounceSchema, complaintSchema, delaySchema, deliverySchema, mailSchema, namesNobody } from "./event-schema.ts";
import type { Feedback, Via } from "./feedback.ts";

/** What one payload of SES or SNS says. */
export type FeedbackEvent =
  | { readonly kind: "feedback"; readonly feedback: readonly Feedback[] }
  /** A service speaks of itself: a topic was connected. */
  | { readonly kind: "control"; readonly name: string }
  /** Known, and nothing that a recipient or its server reports. */
  | { readonly kind: "ignored"; readonly name: string };

/** @param within where the payload stood, for the error */
type Reader = (payload: unknown, context: EventContext, within: string) => FeedbackEvent;

/** By what `eventType` or `notificationType` says (SES fact 2.1). Most occur in one of the dialects only; both are read with all. */
const READERS = {
  Bounce: readBounce,
  Complaint: feedbackIn("complaint", complaintSchema, complaintFeedback),
  Delivery: feedbackIn("delivery", deliverySchema, deliveryFeedback),
  DeliveryDelay: feedbackIn("deliveryDelay", delaySchema, delayFeedback),
  Send: ignored("Send"),
  Reject: ignored("Reject"),
  Open: ignored("Open"),
  Click: ignored("Click"),
  "Rendering Failure": ignored("Rendering Failure"),
  Subscription: ignored("Subscription"),
  Received: ignored("Received"),
  AmazonSnsSubscriptionSucceeded: () => control("AmazonSnsSubscriptionSucceeded"),
} satisfies Record<string, Reader>;
type Name = keyof typeof READERS;

const NAMES = Object.keys(READERS) as Name[];
const name = z.enum(NAMES, `one of ${NAMES.join(", ")}`);
const EXPECTED = "a notification or event of SES";
const event = z.object({ eventType: name }, EXPECTED);
const notification = z.object({ notificationType: name }, EXPECTED);

/**
 * Reads the JSON of SES: a notification (`notificationType`) or an event (`eventType`), and the control messages of SES and SNS.
 *
 * @param payload what `unwrapEvent` found; a string is the plain text of a control message
 * @param within where it stood, for the error
 * @throws {MalformedEventError} for everything else: what nobody knows may be a report that matters
 */
export function readFeedbackEvent(payload: unknown, within = ""): FeedbackEvent {
  const special = readSpecial(payload);
  if (special !== undefined) return special;
  const { name, via } = readName(payload, within);
  const mail = mailSchema.parse(has(payload, "mail") ? payload["mail"] : undefined);
  return READERS[name](payload, { via, mail }, within);
}

function readName(payload: unknown, within: string): { readonly name: Name; readonly via: Via } {
  if (has(payload, "eventType")) return { name: readShape(event, payload, { within }).eventType, via: "event" };
  return { name: readShape(notification, payload, { within }).notificationType, via: "notification" };
}

/** In the plain text that SES publishes when a topic is connected to a configuration set (SES fact 1.11). */
const TOPIC_VALIDATED = "Successfully validated SNS topic for Amazon SES event publishing.";

/** Messages of SNS that carry nothing. */
const SNS_CONTROL = ["SubscriptionConfirmation", "UnsubscribeConfirmation"];

/** What has neither discriminator and is known all the same. */
function readSpecial(payload: unknown): FeedbackEvent | undefined {
  if (typeof payload === "string") return payload.trim() === TOPIC_VALIDATED ? control("TopicValidated") : undefined;
  if (has(payload, "eventType") || has(payload, "notificationType")) return undefined;
  if (has(payload, "Type")) {
    const known = SNS_CONTROL.find((each) => each === payload["Type"]);
    return known === undefined ? undefined : control(known);
  }
  if (has(payload, "Event") && payload["Event"] === "s3:TestEvent") return control("s3:TestEvent");
  // SES's announcement of a mail, as the Lambda action of a receipt rule has it.
  return has(payload, "mail") && has(payload, "receipt") ? { kind: "ignored", name: "Received" } : undefined;
}

function control(name: string): FeedbackEvent {
  return { kind: "control", name };
}

function ignored(name: string): Reader {
  return () => ({ kind: "ignored", name });
}

function feedbackIn<Schema extends z.ZodMiniType>(
  key: string,
  schema: Schema,
  toFeedback: (report: z.output<Schema>, context: EventContext) => readonly Feedback[],
): Reader {
  const shape = z.object({ [key]: schema });
  return (payload, context, within) => {
    const report = readShape(shape, payload, { within })[key] as z.output<Schema>;
    return { kind: "feedback", feedback: toFeedback(report, context) };
  };
}

function readBounce(...[payload, context, within]: Parameters<Reader>): FeedbackEvent {
  // SES could not tell whom the bounce is about: that says nothing against anybody (SES fact 2.3.1).
  if (namesNobody(payload)) return { kind: "ignored", name: "Bounce without a recipient" };
  const { bounce } = readShape(bounceShape, payload, { within });
  return { kind: "feedback", feedback: bounceFeedback(bounce, context) };
}

const bounceShape = z.object({ bounce: bounceSchema });

function has<Key extends string>(value: unknown, key: Key): value is Readonly<Record<Key, unknown>> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
