import * as z from "zod/mini";
import { announcement, toReceipt } from "./announcement.ts";
import { otherEventKind } from "./event-kind.ts";
import { readShape } from "./event-shape.ts";
import type { Receipt } from "./receipt.ts";
import { storageKey } from "./storage-key.ts";

const record = z.object({ eventSource: z.literal("aws:ses", '"aws:ses"'), ses: announcement }, "a record of SES");

const sesEvent = z.object(
  { Records: z.array(record, "an array of records").check(z.minLength(1, "at least one record")) },
  "an event with Records",
);

/**
 * Reads the event of the receipt rule's Lambda action (SES fact 1.9.1): one receipt a record. It is for who is called by SES and must
 * answer it; mails that may be announced in another way are read by `readAnnouncement`.
 *
 * The event names neither bucket nor key, so the key is built from the prefix that the S3 action was given.
 *
 * @param keyPrefix the S3 action's `ObjectKeyPrefix`; may be empty, and may lack its final slash
 * @throws {MalformedEventError} when it is another kind of event, or says too little to find the mail
 */
export function readSesEvent(event: unknown, keyPrefix: string): readonly Receipt[] {
  const { Records } = readShape(sesEvent, event, { looksLike: otherEventKind(event) });
  return Records.map(({ ses }) => toReceipt(ses, storageKey(keyPrefix, ses.mail.messageId)));
}
