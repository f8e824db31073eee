import { addAbortSignal, Readable } from "node:stream";
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  ListObjectVersionsCommand,
  NoSuchKey,
  S3Client,
} from "@aws-sdk/client-s3";
import type { RulesSource } from "../ports.ts";
import { MAX_RULES_FILE_LENGTH } from "../rules/limits.ts";
import { RULES_KEY } from "../rules/rules-object.ts";

/** SES waits for screen-mail, and a mail for process-mail: both have rules that will do. */
const TIMEOUT_MS = 2_000;

/** No text that is taken has more: three bytes of UTF-8 a UTF-16 unit. What is longer is cut, and then refused for its length. */
const MAX_BYTES = 3 * MAX_RULES_FILE_LENGTH;

/** Earlier versions that are read at most: somebody who uploads broken ones notices soon. */
const MAX_EARLIER = 5;

/** Versions that are listed for that; those of longer keys come after ours, and marks of deletion count as well. */
const MAX_LISTED = 50;

export interface S3RulesSourceOptions {
  readonly client?: S3Client;
  /** Milliseconds until a reading is given up, all tries together, and all earlier versions. */
  readonly timeoutMs?: number;
}

/** The rules file in a configuration bucket. An error of S3 passes through as the SDK gives it. */
export function s3RulesSource(
  bucket: string,
  { client = new S3Client(), timeoutMs = TIMEOUT_MS }: S3RulesSourceOptions = {},
): RulesSource {
  async function get(which: Omit<GetObjectCommandInput, "Bucket" | "Key">, abortSignal: AbortSignal) {
    const command = new GetObjectCommand({ Bucket: bucket, Key: RULES_KEY, ...which });
    const { Body, ETag } = await client.send(command, { abortSignal });
    if (!(Body instanceof Readable) || ETag === undefined) throw new TypeError("S3 gave no stream, or no ETag");
    return { text: await textOf(addAbortSignal(abortSignal, Body)), eTag: ETag };
  }

  return {
    async read(known) {
      try {
        return { kind: "read", ...(await get({ IfNoneMatch: known }, AbortSignal.timeout(timeoutMs))) };
      } catch (error) {
        if (error instanceof NoSuchKey) return { kind: "missing" };
        if (isNotModified(error)) return { kind: "unchanged" };
        throw error;
      }
    },

    async *earlier() {
      const abortSignal = AbortSignal.timeout(timeoutMs);
      const command = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: RULES_KEY, MaxKeys: MAX_LISTED });
      const { Versions = [] } = await client.send(command, { abortSignal });
      const earlier = Versions.filter(({ Key, IsLatest }) => Key === RULES_KEY && IsLatest !== true);
      for (const { VersionId: id = "null" } of earlier.slice(0, MAX_EARLIER)) {
        const { text } = await get({ VersionId: id }, abortSignal);
        yield { id, text };
      }
    },
  };
}

async function textOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** S3 answers a condition that does not hold with 304, for which the SDK has no name. */
function isNotModified(error: unknown): boolean {
  if (!(error instanceof Error) || !("$metadata" in error)) return false;
  const { $metadata } = error;
  return (
    typeof $metadata === "object" &&
    $metadata !== null &&
    "httpStatusCode" in $metadata &&
    $metadata.httpStatusCode === 304
  );
}
