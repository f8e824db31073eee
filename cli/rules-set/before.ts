import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { ConfigurationError } from "../../shared/errors.ts";
import { putAsRead } from "../put-as-read.ts";

const schema = z.object({
  v: z.literal(1),
  /** The set that was active before ours was made so, `null`: none was. Not there: ours was not, or was given back. */
  activeBefore: z.string().nullable().optional(),
  /** Sets of others that our rule was put into. */
  mergedInto: z.array(z.string()),
});

/** What was before we changed where mail goes, so that it can be put back. */
export type Before = Readonly<z.output<typeof schema>>;

export const NOTHING_BEFORE: Before = { v: 1, mergedInto: [] };

/** Keeps it where everybody who works on the deployment finds it. */
export interface KeptBefore {
  /** `undefined`: nothing is kept. */
  read(): Promise<Before | undefined>;
  /** @throws {RuleSetContentionError} when it is not any more what was read */
  write(before: Before): Promise<void>;
}

/** Where it is not known where it would be kept. */
export const NOTHING_KEPT: KeptBefore = { read: async () => undefined, write: async () => {} };

export const BEFORE_KEY = "receipt-rule-set/before.json";

/** One object in the deployment's configuration bucket, which keeps its older versions. */
export function s3KeptBefore(client: S3Client, bucket: string): KeptBefore {
  /** Of the object as it was read or written last. */
  let etag: string | undefined;

  return {
    async read() {
      const { GetObjectCommand } = await import("@aws-sdk/client-s3");
      try {
        const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: BEFORE_KEY }));
        etag = ETag;
        return parseBefore((await Body?.transformToString()) ?? "", `s3://${bucket}/${BEFORE_KEY}`);
      } catch (error) {
        if (error instanceof Error && ["NoSuchKey", "NoSuchBucket"].includes(error.name)) return undefined;
        throw error;
      }
    },

    async write(before) {
      const object = { Bucket: bucket, Key: BEFORE_KEY, ContentType: "application/json", Body: JSON.stringify(before) };
      etag = await putAsRead(client, object, etag);
    },
  };
}

function parseBefore(text: string, where: string): Before {
  const read = schema.safeParse(jsonOf(text));
  if (read.success) return read.data;
  throw new ConfigurationError(
    `expected in ${where} what Mailroom keeps of the receipt rule set that was active before, got something else: put back an older version of it, or delete it, and restore can only stop receiving`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
