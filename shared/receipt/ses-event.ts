import * as z from "zod/mini";
import { announcement, toReceipt } from "./announcement.ts";
import { otherEventKind } from "./event-kind.ts";
import { readShape } from "./event-shape.ts";
import type { Receipt } from "./receipt.ts";

const record = z.object({ eventSource: z.literal("aws:ses", '"aws:ses"'), ses: announcement }, "a record of SES");

const sesEvent = z.object(
  { Records: z.array(record, "an array of records").check(z.minLength(1, "at least one record")) },
  "an event with Records",
);

/**
 * Reads the event of the receipt rule's Lambda action (SES fact 1.9.1): one receipt a record. It is for who is called by SES and must
 * answer it, before the mail is stored; mails that may be announced in another way are read by `readAnnouncement`.
 *
 * @throws {MalformedEventError} when it is another kind of event
 */
export function readSesEvent(event: unknown): readonly Receipt[] {
  const { Records } = readShape(sesEvent, event, { looksLike: otherEventKind(event) });
  return Records.map(({ ses }) => toReceipt(ses, ses.mail.messageId));
}
