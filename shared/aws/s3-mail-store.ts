import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { MailAccessDeniedError, MailNotFoundError } from "../errors.ts";
import type { MailStore, OpenedMail } from "../ports.ts";

/** How long to wait before each new look for a mail that is, or may be, not there yet. */
export interface MissingMailRetry {
  /** Milliseconds, one number a retry. */
  readonly waits: readonly number[];
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * A mail is announced after it is stored (SES fact 2 of the ten), and S3 reads what it wrote; a rule whose actions stand
 * in another order announces it earlier. Two seconds are enough for that, and cost nothing otherwise.
 */
const RETRY: MissingMailRetry = { waits: [200, 600, 1200], sleep };

/**
 * Raw mails as objects of one bucket. Keys are whole object keys, prefix included.
 *
 * Bytes stay bytes: they are never read as text. An error of S3 that is neither "no such key" nor "access denied" passes
 * through as the SDK gives it, after the SDK's own retries.
 */
export function s3MailStore(
  client: S3Client,
  bucket: string,
  options: { readonly retry?: MissingMailRetry } = {},
): MailStore {
  const { waits, sleep } = options.retry ?? RETRY;

  async function get(key: string): Promise<OpenedMail> {
    const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    // A body that ends early (connection lost, wrong checksum) is an `error` on this stream: Node compares it with
    // Content-Length, and the SDK with the checksum that S3 sent.
    if (!(Body instanceof Readable)) throw new TypeError(`S3 gave no stream for "${key}"`);
    return { key, size: ContentLength, body: Body };
  }

  return {
    async open(key) {
      for (const wait of waits) {
        try {
          return await get(key);
        } catch (error) {
          if (!mayBeMissing(error)) throw error;
          await sleep(wait);
        }
      }
      return get(key).catch((error: unknown) => {
        throw explained(key, error);
      });
    },

    async put(key, raw) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: raw }));
    },

    async *list(prefix) {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      }
    },
  };
}

/** SES fact 6.5: without `s3:ListBucket`, S3 answers "access denied" for a missing key too. */
function mayBeMissing(error: unknown): boolean {
  return error instanceof NoSuchKey || isAccessDenied(error);
}

function explained(key: string, error: unknown): unknown {
  if (error instanceof NoSuchKey) return new MailNotFoundError(key, { cause: error });
  return isAccessDenied(error) ? new MailAccessDeniedError(key, { cause: error }) : error;
}

function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && error.name === "AccessDenied";
}
