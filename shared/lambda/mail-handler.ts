import type { Log } from "../ports.ts";
import type { Arrival } from "../receipt/arrival.ts";
import { readAnnouncement } from "../receipt/read-announcement.ts";
import { type BatchAnswer, forEachDelivered } from "./for-each-delivered.ts";

export interface MailPorts {
  /** Must be able to process the same arrival again: every way in may bring a mail more than once. */
  readonly processMail: (arrival: Arrival) => Promise<unknown>;
  /** The bucket of the receipt rule's S3 action. */
  readonly bucket: string;
  /** Its key prefix. */
  readonly keyPrefix: string;
  /** ARNs; see `unwrapEvent`. */
  readonly topics: readonly string[] | undefined;
  readonly log: Log;
}

/**
 * Makes what process-mail does: every mail that an event announces is processed, in whatever way it was announced. What announces none is
 * counted when it is known, and fails when it is not.
 */
export function createMailHandler(ports: MailPorts): (event: unknown) => Promise<BatchAnswer | null> {
  const { processMail, bucket, keyPrefix, topics, log } = ports;
  const deliveries = { topics, storeEvents: true, log, told: "announcements" };
  return (event) =>
    forEachDelivered(event, deliveries, async ({ path, ...delivered }, count) => {
      if (delivered.error !== undefined) throw delivered.error;
      const announced = readAnnouncement(delivered.payload, { path, keyPrefix, bucket });
      if (announced.kind === "mail") await processMail(announced.arrival);
      // The names are ours, never of the event.
      else count(`ignored ${announced.name}`);
    });
}
