import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { MailAccessDeniedError, MailNotFoundError } from "../errors.ts";
import type { DataKeys, MailStore, OpenedMail } from "../ports.ts";
import { isEncrypted } from "./encrypted-mail.ts";
import { openEncrypted } from "./open-encrypted.ts";

/** How long to wait before each new look for a mail that is, or may be, not there yet. */
interface MissingMailRetry {
  /** Milliseconds, one number a retry. */
  readonly waits: readonly number[];
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * A mail is announced after it is stored (SES fact 2 of the ten), and S3 reads what it wrote; a rule whose actions stand
 * in another order announces it earlier. Two seconds are enough for that, and cost nothing otherwise.
 */
const RETRY: MissingMailRetry = { waits: [200, 600, 1200], sleep };

export interface S3MailStoreOptions {
  readonly retry?: MissingMailRetry;
  /** Unwraps the keys of mails that SES encrypted; without it such a mail is an error. */
  readonly keys?: DataKeys | undefined;
}

/**
 * Raw mails as objects of one bucket. Keys are whole object keys, prefix included.
 *
 * Bytes stay bytes: they are never read as text. A mail that SES encrypted (SES fact 1.10.1) is decrypted as it is read. An error of
 * S3 that says nothing of the one object passes through as the SDK gives it, after the SDK's own retries.
 */
export function s3MailStore(client: S3Client, bucket: string, options: S3MailStoreOptions = {}): MailStore {
  const { waits, sleep } = options.retry ?? RETRY;

  /** Tries again after each wait as long as the error may pass. */
  async function patiently<Value>(mayPass: (error: unknown) => boolean, attempt: () => Promise<Value>): Promise<Value> {
    for (const wait of waits) {
      try {
        return await attempt();
      } catch (error) {
        if (!mayPass(error)) throw error;
        await sleep(wait);
      }
    }
    return attempt();
  }

  async function get(key: string): Promise<OpenedMail> {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const { Body, ContentLength: size, Metadata = {} } = answer;
    // A body that ends early (connection lost, wrong checksum) is an `error` on this stream: Node compares it with
    // Content-Length, and the SDK with the checksum that S3 sent.
    if (!(Body instanceof Readable)) throw new TypeError(`S3 gave no stream for "${key}"`);
    const opened = { key, size, body: Body };
    return isEncrypted(Metadata) ? openEncrypted(opened, Metadata, options.keys) : opened;
  }

  /** Every version and delete marker of the key; S3 lists them before those of longer keys. */
  async function versionsOf(key: string): Promise<readonly (string | undefined)[]> {
    const found: (string | undefined)[] = [];
    let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (next !== undefined) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...next }),
      );
      const listed = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      const own = listed.filter(({ Key }) => Key === key);
      found.push(...own.map(({ VersionId }) => VersionId));
      const isLast = page.IsTruncated !== true || own.length < listed.length;
      next = isLast ? undefined : { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    return found;
  }

  return {
    open: (key) =>
      patiently(mayBeMissing, () => get(key)).catch((error: unknown) => {
        throw explained(key, error);
      }),

    async put(key, raw) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: raw, IfNoneMatch: "*" });
      await patiently(isConflict, () => client.send(command)).catch(unlessThere);
    },

    async remove(key) {
      for (const VersionId of await versionsOf(key)) {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId }));
      }
    },

    async *list(prefix) {
      for await (const { key } of listObjects(client, bucket, prefix)) yield key;
    },
  };
}

/** An object as S3 lists it. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601 in UTC: when its bytes were written, which for a mail is when it arrived, unless it was copied since. */
  readonly storedAt: string;
}

/** The objects whose keys begin with `prefix`, in ascending byte order; a page of them is held at a time. */
export async function* listObjects(client: S3Client, bucket: string, prefix: string): AsyncGenerator<ListedObject> {
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key, Size = 0, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, size: Size, storedAt: (LastModified ?? new Date(0)).toISOString() };
    }
  }
}

/** SES fact 6.5: without `s3:ListBucket`, S3 answers "access denied" for a missing key too. */
function mayBeMissing(error: unknown): boolean {
  return error instanceof NoSuchKey || isAccessDenied(error);
}

function explained(key: string, error: unknown): unknown {
  if (error instanceof NoSuchKey) return new MailNotFoundError(key, { cause: error });
  if (isAccessDenied(error)) return new MailAccessDeniedError(key, { cause: error });
  const why = REFUSALS.find(({ names }) => error instanceof Error && names.test(error.name))?.why;
  return why === undefined ? error : new MailAccessDeniedError(key, { cause: error, why });
}

/** Errors about the one object that last until somebody puts them right, by the names that S3 gives them. */
const REFUSALS: readonly { readonly names: RegExp; readonly why: string }[] = [
  {
    // What KMS says to S3 when it decrypts the object. That KMS is busy or fails says nothing of the object.
    names: /^KMS\.(?!.*(?:Throttling|LimitExceeded|Internal|Timeout|Unavailable))/,
    why: "The KMS key that the bucket encrypted it with cannot be used: the key must be enabled and not about to be deleted, and the role needs kms:Decrypt on it",
  },
  { names: /^InvalidObjectState$/, why: "It was archived by the bucket's storage class, and must be restored first" },
];

function isAccessDenied(error: unknown): boolean {
  return isNamed("AccessDenied", error);
}

/** Somebody else is writing or taking away the same key at this moment. */
function isConflict(error: unknown): boolean {
  return isNamed("ConditionalRequestConflict", error);
}

function unlessThere(error: unknown): void {
  if (!isNamed("PreconditionFailed", error)) throw error;
}

/** Errors that S3 gives and the SDK has no class for. */
function isNamed(name: string, error: unknown): boolean {
  return error instanceof Error && error.name === name;
}
