import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { isBucketPath, listBucket, openBucketMail, readBucketPath } from "../../../cli/sources/bucket.ts";
import type { MailStore } from "../../../shared/ports.ts";
import { collect } from "../../support/collect.ts";

function storeOf(objects: Readonly<Record<string, string>>): (bucket: string) => Promise<MailStore> {
  return async (bucket) => ({
    async *list(prefix) {
      for (const key of Object.keys(objects)) if (key.startsWith(prefix)) yield key;
    },
    open: async (key) => ({ key, size: 8, body: Readable.from([`${bucket} ${objects[key]}`]) }),
    put: async () => {},
    remove: async () => {},
  });
}

describe("s3://bucket/prefix", () => {
  test.each([
    ["s3://mail", { bucket: "mail", prefix: "" }],
    ["s3://mail/", { bucket: "mail", prefix: "" }],
    ["s3://mail/raw/2026", { bucket: "mail", prefix: "raw/2026" }],
  ])("%s", (path, expected) => {
    expect(isBucketPath(path)).toBe(true);
    expect(readBucketPath(path)).toEqual(expected);
  });

  test.each(["s3:/mail", "S3.eml", "./s3://mail"])("%s is a file", (path) => {
    expect(isBucketPath(path)).toBe(false);
  });

  test("without a bucket is refused", () => {
    expect(() => readBucketPath("s3:///raw")).toThrow("expected s3://bucket/prefix, got s3:///raw");
  });
});

test("every object under the prefix is a mail, but not what stands for a folder", async () => {
  const store = storeOf({ "raw/": "", "raw/1": "one", "raw/2": "two", "other/3": "three" });
  expect(await collect(listBucket("s3://mail/raw", store))).toEqual([
    { source: "s3://mail/raw/1", bucket: "mail", key: "raw/1" },
    { source: "s3://mail/raw/2", bucket: "mail", key: "raw/2" },
  ]);
});

test("a mail is opened in the bucket that it was listed in, with its size", async () => {
  const mail = { source: "s3://mail/raw/1", bucket: "mail", key: "raw/1" };
  const { raw, size } = await openBucketMail(mail, storeOf({ "raw/1": "one" }));
  expect([await text(raw), size]).toEqual(["mail one", 8]);
});
