import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { MailNotFoundError } from "../../shared/errors.ts";
import type { FoundRaw, RawMails } from "../../shared/inbound/forget/forget-mails.ts";
import type { MailEntry } from "../../shared/inbound/mail-entry.ts";
import { folderMailStore } from "../../shared/local/folder-mail-store.ts";
import type { MailStore } from "../../shared/ports.ts";
import { isBucketPath, readBucketPath } from "../sources/bucket.ts";
import { UsageError } from "../usage-error.ts";

/** Where an entry says that its raw mail is: a storage key, or the path as it was typed. */
function sourceOf({ receipt, record }: MailEntry): string | undefined {
  return receipt?.storageKey ?? record?.source;
}

/**
 * Raw mails in a folder. What is below the folder is found by the path that was typed, or else as a key of the store.
 *
 * A file is this mail only when its bytes are: another may lie under its name by now, and an mbox holds other people's mails.
 */
export function folderRawMails(folder: string): RawMails {
  if (!existsSync(folder)) throw new UsageError(`expected --mails with a folder that exists, got ${folder}`);
  const store = folderMailStore(folder);
  return {
    store,
    async find(entry) {
      const source = sourceOf(entry);
      if (source === undefined || isBucketPath(source)) return ELSEWHERE;
      const below = relative(resolve(folder), resolve(source));
      const isBelow = below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below);
      const key = isBelow ? below.split(sep).join("/") : source;
      const sha256 = await hashOf(key, store);
      if (sha256 === undefined) return existsSync(fileOf(source)) ? ELSEWHERE : { kind: "gone" };
      return sha256 === entry.record?.sha256 ? { kind: "here", key } : ELSEWHERE;
    },
  };
}

const ELSEWHERE: FoundRaw = { kind: "elsewhere" };

/** The file of the nth mail of an mbox is what stands before `#n`. */
function fileOf(source: string): string {
  return existsSync(source) ? source : source.replace(/#\d+$/, "");
}

/** `undefined`: there is no such file, or the key leads out of the folder. */
async function hashOf(key: string, store: MailStore): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of (await store.open(key)).body) hash.update(chunk);
  } catch (error) {
    if (error instanceof MailNotFoundError) return undefined;
    throw error;
  }
  return hash.digest("hex");
}

/**
 * Raw mails under a prefix of a bucket.
 *
 * @param path `s3://bucket/prefix`
 * @param hasKeys whether the log is a deployment's, whose sources are keys of the bucket; those of a replay are paths
 */
export async function bucketRawMails(
  path: string,
  { hasKeys, region }: { readonly hasKeys: boolean; readonly region: string | undefined },
): Promise<RawMails> {
  const { bucket, prefix } = readBucketPath(path);
  const [{ S3Client }, { s3MailStore }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("../../shared/aws/s3-mail-store.ts"),
  ]);
  return {
    store: s3MailStore(new S3Client(region === undefined ? {} : { region }), bucket),
    async find(entry) {
      const source = sourceOf(entry) ?? "";
      const key = isBucketPath(source) ? keyIn(bucket, source) : hasKeys ? source : undefined;
      return key !== undefined && key !== "" && key.startsWith(prefix) ? { kind: "here", key } : ELSEWHERE;
    },
  };
}

function keyIn(bucket: string, source: string): string | undefined {
  const found = readBucketPath(source);
  return found.bucket === bucket ? found.prefix : undefined;
}
