import * as z from "zod/mini";
import { MalformedEventError } from "../errors.ts";
import type { Announced } from "./announced.ts";
import { readContent, readEncoding } from "./announced-content.ts";
import { announcement, toReceipt } from "./announcement.ts";
import type { Arrival } from "./arrival.ts";
import { describe, pathBelow, readShape } from "./event-shape.ts";
import { SETUP_ID } from "./setup-id.ts";
import { storageKey } from "./storage-key.ts";
import { type AnnouncedAt, idInKey, MAIL_KEY, refuseOtherBucket } from "./stored-object.ts";

/** Where an announced mail is: in the store, or in the announcement, and where it is then to be stored. */
type Whereabouts = Pick<Arrival, "storageKey" | "content">;
type Locate = (payload: unknown, sesMessageId: string, at: AnnouncedAt) => Whereabouts;

/** By the action of the receipt rule that sent a notification, `receipt.action.type` (SES fact 1.9.2). Its other actions store no mail. */
const LOCATE: ReadonlyMap<string, Locate> = new Map([
  ["S3", inStore],
  ["SNS", inAnnouncement],
  ["Lambda", underItsId],
]);

/**
 * Reads SES's announcement of a mail: the Lambda action's event, Mail Manager's, or the notification of an action's topic.
 *
 * @throws {MalformedEventError} when it announces no mail, or not where it is
 * @throws {LossyContentError}
 */
export function readReceivedMail(payload: unknown, at: AnnouncedAt): Announced {
  const { notificationType } = readShape(notification, payload, { within: at.path, looksLike: otherNews(payload) });
  const said = readShape(announcement, payload, { within: at.path });
  const sesMessageId = said.mail.messageId;
  if (sesMessageId === SETUP_ID) return { kind: "ignored", name: "set-up notification" };
  const locate = notificationType == null ? locateOfCall(payload) : locateOfNotification(payload, at);
  const where = locate(payload, sesMessageId, at);
  return { kind: "mail", arrival: { sesMessageId, ...where, receipt: toReceipt(said, where.storageKey) } };
}

const notification = z.object(
  { notificationType: z.nullish(z.literal("Received", '"Received"')) },
  "an announcement of SES",
);

/** The same topic may bring what SES tells of mails that were sent. */
function otherNews(payload: unknown): string | undefined {
  const { notificationType } = payload as { readonly notificationType?: unknown };
  return typeof notificationType === "string"
    ? "feedback on a mail that was sent, which record-bounce takes"
    : undefined;
}

/** A function is called with SES's event by Mail Manager, too, whose actions are others or not named: what is there counts. */
function locateOfCall(payload: unknown): Locate {
  if (withContent.safeParse(payload).success) return inAnnouncement;
  return withObjectKey.safeParse(payload).success ? inStore : underItsId;
}

const withContent = z.object({ content: z.string() });
const withObjectKey = z.object({ receipt: z.object({ action: z.object({ objectKey: z.string() }) }) });

/** @throws {MalformedEventError} for an action that leaves no mail to be read */
function locateOfNotification(payload: unknown, at: AnnouncedAt): Locate {
  const type = withType.safeParse(payload).data?.receipt.action.type;
  const locate = LOCATE.get(type ?? "") ?? (withContent.safeParse(payload).success ? inAnnouncement : undefined);
  if (locate !== undefined) return locate;
  throw new MalformedEventError(
    pathBelow(at.path, "receipt.action.type"),
    '"S3", "SNS" or "Lambda"',
    describe(type, true),
  );
}

const withType = z.object({ receipt: z.object({ action: z.object({ type: z.string() }) }) });

function underItsId(_payload: unknown, sesMessageId: string, { keyPrefix }: AnnouncedAt): Whereabouts {
  return { storageKey: storageKey(keyPrefix, sesMessageId), content: undefined };
}

const s3Action = z.object({
  receipt: z.object({
    action: z.object({
      bucketName: z.string("the name of a bucket"),
      objectKey: z.string(MAIL_KEY).check(z.refine((key) => idInKey(key) !== undefined, MAIL_KEY)),
    }),
  }),
});

/** The key is the whole key, whatever `objectKeyPrefix` says beside it (SES fact 1.9.2). */
function inStore(payload: unknown, _sesMessageId: string, at: AnnouncedAt): Whereabouts {
  const { bucketName, objectKey } = readShape(s3Action, payload, { within: at.path }).receipt.action;
  refuseOtherBucket(bucketName, pathBelow(at.path, "receipt.action.bucketName"), at);
  return { storageKey: objectKey, content: undefined };
}

const CONTENT = "the mail itself, which an SNS action sends";
const snsAction = z.object({
  content: z.string(CONTENT).check(z.minLength(1, CONTENT)),
  receipt: z.object({
    action: z.nullish(z.object({ encoding: z.nullish(z.string("the name of an encoding")) }, "the action object")),
  }),
});

function inAnnouncement(payload: unknown, sesMessageId: string, at: AnnouncedAt): Whereabouts {
  const { content, receipt } = readShape(snsAction, payload, { within: at.path });
  const encoding = readEncoding(receipt.action?.encoding, pathBelow(at.path, "receipt.action.encoding"));
  const bytes = readContent(content, encoding, pathBelow(at.path, "content"));
  return { storageKey: storageKey(at.keyPrefix, sesMessageId), content: bytes };
}
