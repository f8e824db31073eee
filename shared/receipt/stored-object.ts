import { MalformedEventError } from "../errors.ts";
import type { Arrival } from "./arrival.ts";
import { describe } from "./event-shape.ts";
import { SETUP_ID } from "./setup-id.ts";
import { isSesMessageId } from "./storage-key.ts";

/** Where an announcement stood, and where the mails lie that we read. */
export interface AnnouncedAt {
  /** In the form `Records[0].Sns.Message`; empty for a payload that nothing was around. */
  readonly path: string;
  /** The S3 action's `ObjectKeyPrefix`; may be empty, and may lack its final slash. */
  readonly keyPrefix: string;
  readonly bucket: string;
}

/**
 * Refuses what lies in another bucket: its mails are others', and nobody vouches for the verdicts that stand in them.
 *
 * @param path of the bucket's name
 * @throws {MalformedEventError}
 */
export function refuseOtherBucket(name: string, path: string, { bucket }: AnnouncedAt): void {
  if (name === bucket) return;
  const got = /^[\w.-]{1,63}$/.test(name) ? `"${name}"` : describe(name);
  throw new MalformedEventError(path, `"${bucket}", the bucket that is configured`, got);
}

/** The id that SES gave a mail is the last part of the key under which it stored it (SES fact 1.10). */
export function idInKey(key: string): string | undefined {
  const id = key.slice(key.lastIndexOf("/") + 1);
  return isSesMessageId(id) ? id : undefined;
}

/** What is expected of a key. */
export const MAIL_KEY = "the key of a mail, which ends in its SES message id";

/** The arrival of a mail that lies in the store, as far as its key tells; `undefined` for what is none: SES's set-up object, a folder marker, another name. */
export function arrivalUnder(key: string): Arrival | undefined {
  const sesMessageId = idInKey(key);
  if (sesMessageId === undefined || sesMessageId === SETUP_ID) return undefined;
  return { sesMessageId, storageKey: key, receipt: undefined, content: undefined };
}
