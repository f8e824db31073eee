import { MalformedEventError } from "../errors.ts";
import { type Inner, type Level, type Place, takeOff } from "./wrappings.ts";

/** What one record of an event brought, or why it could not be found. */
export type Delivered = Place &
  (
    | {
        /** The JSON of SES or S3, a control message of SNS, or the plain text of one. */
        readonly payload: unknown;
        readonly error?: undefined;
      }
    | { readonly error: MalformedEventError }
  );

/** What is taken from an event, besides the JSON of SES. */
export interface Accepted {
  /**
   * ARNs; a message of SNS from any other topic is refused, however well it is signed. What does not say its topic (raw delivery,
   * EventBridge) is let in by the policies of the queue and the function.
   */
  readonly topics?: readonly string[] | undefined;
  /** Whether what S3 tells of objects is a payload, too. */
  readonly storeEvents?: boolean;
}

/**
 * Finds the JSON of SES in an event, whatever way it came (SES fact 2.7): SNS or EventBridge, to Lambda or to SQS, with raw delivery or
 * without, the same again as a failed call tells it (`requestPayload`) or as a dead-letter queue gives it back, or bare.
 *
 * Each record is read when it is asked for and by itself, so that one which is broken fails alone. Nothing is ever fetched.
 */
export function unwrapEvent(event: unknown, { topics, storeEvents = false }: Accepted = {}): Generator<Delivered> {
  return unwrap(event, { path: "", level: 0, topics, storeEvents });
}

function* unwrap(value: unknown, at: Level): Generator<Delivered> {
  const place = { path: at.path, ...(at.sqsMessageId !== undefined && { sqsMessageId: at.sqsMessageId }) };
  let inner: readonly Inner[] | undefined;
  try {
    inner = takeOff(value, at);
  } catch (error) {
    if (!(error instanceof MalformedEventError)) throw error;
    yield { ...place, error };
    return;
  }
  if (inner === undefined) yield { ...place, payload: value };
  else for (const { value: next, ...found } of inner) yield* unwrap(next, { ...at, ...found, level: at.level + 1 });
}
