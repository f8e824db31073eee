import type { Readable } from "node:stream";
import { lazy } from "../../shared/lazy.ts";
import type { DataKeys, MailStore } from "../../shared/ports.ts";
import { UsageError } from "../usage-error.ts";

/** One mail in an S3 bucket. It can be handed to a worker. */
export interface BucketMail {
  /** `s3://bucket/key`. */
  readonly source: string;
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = "s3://";

export function isBucketPath(path: string): boolean {
  return path.startsWith(SCHEME);
}

/** `s3://bucket/prefix`; the prefix may be empty and is taken as S3 takes it, as the beginning of keys. */
export function readBucketPath(path: string): { readonly bucket: string; readonly prefix: string } {
  const [bucket = "", ...prefix] = path.slice(SCHEME.length).split("/");
  if (bucket === "") throw new UsageError(`expected s3://bucket/prefix, got ${path}`);
  return { bucket, prefix: prefix.join("/") };
}

/** The objects under a prefix, in the order of their keys. What a console shows as a folder is an empty object, not a mail. */
export async function* listBucket(path: string, openStore = bucketStore): AsyncGenerator<BucketMail> {
  const { bucket, prefix } = readBucketPath(path);
  for await (const key of (await openStore(bucket)).list(prefix)) {
    if (!key.endsWith("/")) yield { source: `${SCHEME}${bucket}/${key}`, bucket, key };
  }
}

export async function openBucketMail(
  { bucket, key }: BucketMail,
  openStore = bucketStore,
): Promise<{ readonly raw: Readable; readonly size: number | undefined }> {
  const { body, size } = await (await openStore(bucket)).open(key);
  return { raw: body, size };
}

const stores = new Map<string, Promise<MailStore>>();

/** The store of a bucket, with the credentials and region of the environment. The SDK is loaded when the first is asked for. */
function bucketStore(bucket: string): Promise<MailStore> {
  const known = stores.get(bucket);
  if (known) return known;
  const opened = openBucket(bucket);
  stores.set(bucket, opened);
  return opened;
}

async function openBucket(bucket: string): Promise<MailStore> {
  const [{ S3Client }, { s3MailStore }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("../../shared/aws/s3-mail-store.ts"),
  ]);
  return s3MailStore(new S3Client(), bucket, { keys: lazyDataKeys() });
}

/**
 * KMS, with the credentials of the environment. Its SDK is loaded when the first mail turns out to be encrypted.
 *
 * @param config the region, unless it is that of the environment
 */
export function lazyDataKeys(config: { readonly region?: string } = {}): DataKeys {
  const kms = lazy(async () => {
    const [{ KMSClient }, { kmsDataKeys }] = await Promise.all([
      import("@aws-sdk/client-kms"),
      import("../../shared/aws/kms-data-keys.ts"),
    ]);
    return kmsDataKeys(new KMSClient(config));
  });
  return { decrypt: async (encryptedKey, context) => (await kms()).decrypt(encryptedKey, context) };
}
