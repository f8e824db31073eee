import { type FeedbackEvent, readFeedbackEvent } from "../feedback/read-event.ts";
import type { Delivered } from "./unwrap.ts";

/**
 * Reads what one record of an event brought.
 *
 * @throws {MalformedEventError} when it could not be found, or is nothing that SES sends
 */
export function readDelivered(delivered: Delivered): FeedbackEvent {
  if (delivered.error !== undefined) throw delivered.error;
  return readFeedbackEvent(delivered.payload, delivered.path);
}
