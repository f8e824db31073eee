import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { s3MailStore } from "../../shared/aws/s3-mail-store.ts";
import { mailStoreContract } from "../contracts/mail-store.ts";
import { MOTO } from "./endpoint.ts";

mailStoreContract("S3 of moto", async () => {
  const client = new S3Client({ ...MOTO, forcePathStyle: true });
  const bucket = `mails-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const retry = { waits: [], sleep: async () => {} };
  return { store: s3MailStore(client, bucket, { retry }), close: () => client.destroy() };
});
