import type { S3Client } from "@aws-sdk/client-s3";
import { s3RulesSource } from "../../shared/aws/s3-rules-source.ts";
import type { RulesSource } from "../../shared/ports.ts";

/** A person's line may be slow, and no mail waits here. */
const TIMEOUT_MS = 30_000;

/** The uploaded rules of a deployment, for a command. */
export function openRulesSource(client: S3Client, configBucket: string): RulesSource {
  return s3RulesSource(configBucket, { client, timeoutMs: TIMEOUT_MS });
}
