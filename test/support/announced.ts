import { MalformedEventError } from "../../shared/errors.ts";
import { unwrapEvent } from "../../shared/lambda/unwrap.ts";
import type { Announced } from "../../shared/receipt/announced.ts";
import { readAnnouncement } from "../../shared/receipt/read-announcement.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { eventFile } from "./ses-events.ts";
import { TOPIC } from "./transports.ts";

// One mail, and every way that it is announced (test/events/announced).

export const BUCKET = "acme-inbound-444455556666";
/** With what S3's own events write otherwise. */
export const PREFIX = "eingang/störung 7/";
export const MAIL_ID = "p4t7vq2m9k0c1e3s5h8d6g2b0n4r7a1lfo6u3j81";

export const DIALECTS = [
  "lambda-action",
  "mail-manager",
  "s3-action",
  "sns-action-utf8",
  "sns-action-base64",
  "s3-event",
  "eventbridge",
] as const;

/** A fresh copy each time. */
export function announcedFile(name: string): Record<string, unknown> {
  return eventFile(`announced/${name}`) as Record<string, unknown>;
}

/** The mail, as SES received and stored it. */
export const RAW_MAIL = String(announcedFile("sns-action-utf8")["content"]);

/** What SES says of its arrival. */
export const RECEIPT: Receipt = {
  sesMessageId: MAIL_ID,
  receivedAt: "2026-11-23T07:41:12.000Z",
  envelope: { mailFrom: "monitor@partner.example", recipients: ["alerts@mail.acme.example"] },
  verdicts: { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "FAIL", dmarc: "FAIL" },
  headersTruncated: false,
  storageKey: `${PREFIX}${MAIL_ID}`,
  origin: "event",
  verdictsTrusted: true,
};

/** What an event announces, record by record. */
export function announcedBy(event: unknown): readonly Announced[] {
  return [...unwrapEvent(event, { topics: [TOPIC], storeEvents: true })].map((delivered) => {
    if (delivered.error !== undefined) throw delivered.error;
    return readAnnouncement(delivered.payload, { path: delivered.path, keyPrefix: PREFIX, bucket: BUCKET });
  });
}

/** Why an event is refused. */
export function refusalOf(event: unknown): MalformedEventError {
  try {
    announcedBy(event);
  } catch (error) {
    if (error instanceof MalformedEventError) return error;
    throw error;
  }
  throw new Error("the event was read");
}

/** A dialect's file with something in it changed. */
export function changed(name: string, change: (event: never) => void): unknown {
  const event = announcedFile(name);
  change(event as never);
  // As it comes over the wire: what is undefined is not there.
  return JSON.parse(JSON.stringify(event));
}
