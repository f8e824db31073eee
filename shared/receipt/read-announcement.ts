import { MalformedEventError } from "../errors.ts";
import type { Announced } from "./announced.ts";
import { otherEventKind } from "./event-kind.ts";
import { andKind, describe, isObject, type Json } from "./event-shape.ts";
import { readReceivedMail } from "./received-mail.ts";
import { isS3BridgeEvent, isS3Record, readS3BridgeEvent, readS3Record } from "./store-event.ts";
import type { AnnouncedAt } from "./stored-object.ts";

/** The dialects in which a mail is announced, and what the services say of themselves (SES facts 1.9, 1.11). The first that fits is read. */
const DIALECTS: readonly {
  readonly fits: (payload: Json) => boolean;
  readonly read: (payload: Json, at: AnnouncedAt) => Announced;
}[] = [
  { fits: isS3Record, read: readS3Record },
  { fits: isS3BridgeEvent, read: readS3BridgeEvent },
  { fits: ({ notificationType }) => notificationType !== undefined, read: readReceivedMail },
  { fits: (payload) => "mail" in payload && "receipt" in payload, read: readReceivedMail },
  { fits: ({ Event }) => Event === "s3:TestEvent", read: ignored("s3:TestEvent") },
  { fits: ({ Type }) => Type === "SubscriptionConfirmation", read: ignored("SubscriptionConfirmation") },
  { fits: ({ Type }) => Type === "UnsubscribeConfirmation", read: ignored("UnsubscribeConfirmation") },
];

/**
 * Reads what announces a mail: SES's event or notification, with the mail itself in it or without, or what S3 tells of a new object.
 *
 * @param payload what `unwrapEvent` found
 * @throws {MalformedEventError} for everything else: what nobody knows may be a mail
 * @throws {LossyContentError} for a mail that came inside and has lost bytes
 */
export function readAnnouncement(payload: unknown, at: AnnouncedAt): Announced {
  const dialect = isObject(payload) ? DIALECTS.find(({ fits }) => fits(payload)) : undefined;
  if (dialect !== undefined) return dialect.read(payload as Json, at);
  const got = andKind(describe(payload), otherEventKind(payload));
  throw new MalformedEventError(at.path, "what announces a mail, from SES or S3", got);
}

function ignored(name: string): () => Announced {
  return () => ({ kind: "ignored", name });
}
