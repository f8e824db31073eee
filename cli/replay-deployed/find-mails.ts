import { type ListedObject, listObjects } from "../../shared/aws/s3-mail-store.ts";
import { type FoundArrival, findArrival } from "../../shared/inbound/find-arrival.ts";
import { arrivalUnder } from "../../shared/receipt/stored-object.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { reasonOf } from "../reason.ts";
import { inOrder } from "../workers/in-order.ts";
import type { Desk } from "./desk.ts";

/** When mails are to have arrived: from the one on, and before the other. ISO 8601 in UTC with milliseconds. */
export interface Range {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A mail of the deployment, with what its mail log knows. */
export interface DeployedMail {
  /** `s3://bucket/key`. */
  readonly source: string;
  readonly found: FoundArrival;
  /** Another run works on it, until then at the latest. */
  readonly heldUntil: string | undefined;
}

/** Why an object is passed over. `noMail`: the functions take no object of such a key for a mail. */
type PassedOver = "otherTime" | "noMail";

/** What a search comes upon. */
export type FoundItem =
  | { readonly kind: "mail"; readonly mail: DeployedMail }
  | { readonly kind: "passedOver"; readonly why: PassedOver }
  | { readonly kind: "unreadable"; readonly source: string; readonly reason: string };

/** Where mails are looked for. */
export interface Place {
  readonly bucket: string;
  readonly prefixes: readonly string[];
}

/** Questions to the mail log that are under way together. */
const LOOKUPS_AT_ONCE = 16;

/** Milliseconds by which S3 may say that a mail was stored before SES says that it arrived: S3's times are of whole seconds, and clocks differ. */
const CLOCK_MARGIN = 60_000;

/** The mails below the prefixes that arrived in the range, in the order of their keys. Ends early when the signal says so. */
export async function* findMails(
  place: Place,
  range: Range,
  desk: Desk,
  signal: AbortSignal,
): AsyncGenerator<FoundItem> {
  yield* inOrder(objectsOf(place, desk, signal), LOOKUPS_AT_ONCE, async (listed): Promise<FoundItem> => {
    if ("kind" in listed) return listed;
    const source = `s3://${place.bucket}/${listed.key}`;
    try {
      return await lookUp(listed, source, range, desk);
    } catch (error) {
      return { kind: "unreadable", source, reason: reasonOf(error) };
    }
  });
}

async function* objectsOf(
  { bucket, prefixes }: Place,
  { s3 }: Desk,
  signal: AbortSignal,
): AsyncGenerator<ListedObject | FoundItem> {
  for (const prefix of prefixes) {
    try {
      for await (const listed of listObjects(s3, bucket, prefix)) {
        if (signal.aborted) return;
        yield listed;
      }
    } catch (error) {
      yield { kind: "unreadable", source: `s3://${bucket}/${prefix}`, reason: reasonOf(error) };
    }
  }
}

/** Most objects of a bucket that is years old cost no question: what was stored before the range arrived before it. */
async function lookUp(
  { key, storedAt }: ListedObject,
  source: string,
  { since, until }: Range,
  { ports: { mailLog } }: Desk,
): Promise<FoundItem> {
  const stored = arrivalUnder(key);
  if (stored === undefined) return { kind: "passedOver", why: "noMail" };
  if (since !== undefined && Date.parse(storedAt) + CLOCK_MARGIN < Date.parse(since)) return OTHER_TIME;
  const found = await findArrival(stored, mailLog);
  const arrivedAt = found.entry?.receipt?.receivedAt ?? storedAt;
  if ((since !== undefined && arrivedAt < since) || (until !== undefined && arrivedAt >= until)) return OTHER_TIME;
  const lease = found.entry?.lease?.until;
  const heldUntil = lease !== undefined && lease > systemClock.now() ? lease : undefined;
  return { kind: "mail", mail: { source, found, heldUntil } };
}

const OTHER_TIME: FoundItem = { kind: "passedOver", why: "otherTime" };
