import * as z from "zod/mini";
import { MalformedEventError } from "../errors.ts";
import type { Announced } from "./announced.ts";
import { describe, type Json, pathBelow, readShape } from "./event-shape.ts";
import { SETUP_ID } from "./setup-id.ts";
import { storageKey } from "./storage-key.ts";
import { type AnnouncedAt, arrivalUnder, idInKey, MAIL_KEY, refuseOtherBucket } from "./stored-object.ts";

/** Whether it is one record of S3's own event. */
export function isS3Record(value: Json): boolean {
  return value["eventSource"] === "aws:s3";
}

/** Whether it is an event of EventBridge that S3 sent: only AWS can put one with this source on a bus. */
export function isS3BridgeEvent(value: Json): boolean {
  return "detail-type" in value && value["source"] === "aws.s3";
}

/** Kinds of S3's events that bring no new object, without what stands behind the colon (`ObjectRemoved:Delete`). */
const OTHER_RECORDS = [
  "ObjectRemoved",
  "ObjectRestore",
  "ObjectTagging",
  "ObjectAcl",
  "Replication",
  "LifecycleExpiration",
  "LifecycleTransition",
  "IntelligentTiering",
  "ReducedRedundancyLostObject",
  "TestEvent",
] as const;

/** The same as EventBridge calls them. */
const OTHER_BRIDGE_EVENTS = [
  "Object Deleted",
  "Object Restore Initiated",
  "Object Restore Completed",
  "Object Restore Expired",
  "Object Storage Class Changed",
  "Object Access Tier Changed",
  "Object ACL Updated",
  "Object Tags Added",
  "Object Tags Deleted",
] as const;

const bucket = z.object({ name: z.string("the name of a bucket") }, "the bucket object");
const object = z.object(
  { key: z.string("the key of an object"), size: z.nullish(z.number("a size in bytes")) },
  "the object that is told of",
);
const s3Record = z.object({ s3: z.object({ bucket, object }, "the s3 object") });
const bridgeEvent = z.object({ detail: z.object({ bucket, object }, "the detail object") });

/**
 * Reads a record of S3's own event. Its key is written as in an HTML form: a space is a plus sign, and what is not plain ASCII is
 * `%` and UTF-8.
 *
 * @throws {MalformedEventError} for an event that is not known, and for an object that is no mail of ours
 */
export function readS3Record(record: Json, at: AnnouncedAt): Announced {
  const kind = recordKind(record["eventName"]);
  const other = OTHER_RECORDS.find((each) => each === kind);
  if (other !== undefined) return { kind: "ignored", name: other };
  if (kind !== "ObjectCreated")
    throw unknownEvent(pathBelow(at.path, "eventName"), "ObjectCreated:*", record["eventName"]);
  const { s3 } = readShape(s3Record, record, { within: at.path });
  const path = pathBelow(at.path, "s3");
  const key = decodeKey(s3.object.key, `${path}.object.key`);
  return created({ ...s3, object: { ...s3.object, key } }, path, at);
}

/** `ObjectCreated` of `ObjectCreated:Put`, with or without the `s3:` that it has where events are asked for. */
function recordKind(eventName: unknown): string | undefined {
  return typeof eventName === "string" ? eventName.replace(/^s3:/, "").split(":", 1)[0] : undefined;
}

/**
 * Reads an event of EventBridge from S3, whose key is written as it is.
 *
 * @throws {MalformedEventError} as `readS3Record` does
 */
export function readS3BridgeEvent(event: Json, at: AnnouncedAt): Announced {
  const type = event["detail-type"];
  const other = OTHER_BRIDGE_EVENTS.find((each) => each === type);
  if (other !== undefined) return { kind: "ignored", name: other };
  if (type !== "Object Created") throw unknownEvent(pathBelow(at.path, "detail-type"), "Object Created", type);
  const { detail } = readShape(bridgeEvent, event, { within: at.path });
  return created(detail, pathBelow(at.path, "detail"), at);
}

/** What nobody knows may be how mails are announced tomorrow. */
function unknownEvent(path: string, expected: string, got: unknown): MalformedEventError {
  return new MalformedEventError(path, `"${expected}" or another event of S3`, describe(got, true));
}

interface Created {
  readonly bucket: z.infer<typeof bucket>;
  readonly object: z.infer<typeof object>;
}

function created({ bucket: { name }, object: { key, size } }: Created, path: string, at: AnnouncedAt): Announced {
  const keyPath = `${path}.object.key`;
  refuseOtherBucket(name, `${path}.bucket.name`, at);
  if (key.endsWith("/") && size === 0) return { kind: "ignored", name: "folder marker" };
  if (idInKey(key) === SETUP_ID) return { kind: "ignored", name: "set-up notification" };
  // The verdicts of such a mail are read from its headers. Where only SES writes they are its word; elsewhere in the bucket, anybody's.
  if (!key.startsWith(storageKey(at.keyPrefix, "")))
    throw new MalformedEventError(keyPath, "a key that begins with the prefix that is configured", describe(key));
  const arrival = arrivalUnder(key);
  if (arrival === undefined) throw new MalformedEventError(keyPath, MAIL_KEY, describe(key));
  return { kind: "mail", arrival };
}

function decodeKey(written: string, path: string): string {
  try {
    return decodeURIComponent(written.replaceAll("+", " "));
  } catch {
    throw new MalformedEventError(path, "a URL-encoded key", `${describe(written)} that are none`);
  }
}
