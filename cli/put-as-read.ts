import type { PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { RuleSetContentionError } from "../shared/errors.ts";

/**
 * Puts an object in the place of what was read, and of nothing else.
 *
 * @param eTag of what was read; `undefined`: there was nothing
 * @returns the ETag of what was put
 * @throws {RuleSetContentionError} when there is something else by now, or nothing any more
 */
export async function putAsRead(
  client: S3Client,
  object: PutObjectCommandInput,
  eTag: string | undefined,
): Promise<string | undefined> {
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const condition = eTag === undefined ? { IfNoneMatch: "*" } : { IfMatch: eTag };
  try {
    return (await client.send(new PutObjectCommand({ ...object, ...condition }))).ETag;
  } catch (error) {
    // NoSuchKey: it was there when it was read.
    if (error instanceof Error && CHANGED.includes(error.name))
      throw new RuleSetContentionError(`s3://${object.Bucket}/${object.Key}`);
    throw error;
  }
}

const CHANGED: readonly string[] = ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"];
