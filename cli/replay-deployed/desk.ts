import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import { s3MailStore } from "../../shared/aws/s3-mail-store.ts";
import type { TrustPolicy } from "../../shared/feedback/trust-policy.ts";
import type { LookPorts } from "../../shared/inbound/replay-mail.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import type { RulesFile } from "../../shared/rules/rules-file.ts";
import { systemClock } from "../../shared/system-clock.ts";
import type { Deployment } from "../deployment/outputs.ts";
import { lazyDataKeys } from "../sources/bucket.ts";

/** What every thread needs to know to look at the mails of a deployment. It can be handed to a worker. */
export interface DeskPlan {
  readonly deployment: Pick<Deployment, "Region" | "MailBucket" | "MailTable" | "RecordDays">;
  readonly rules: RulesFile;
  readonly trust: TrustPolicy;
}

/** A deployment's mails and mail log, which are to be closed. */
export interface Desk extends Disposable {
  readonly ports: LookPorts;
  readonly s3: S3Client;
  readonly dynamo: DynamoDBClient;
}

/** Opens them in the deployment's region, with the credentials of the environment. */
export function openDesk({ deployment, rules, trust }: DeskPlan): Desk {
  const { Region: region, MailBucket, MailTable, RecordDays: keepDays } = deployment;
  const s3 = new S3Client({ region });
  const dynamo = new DynamoDBClient({ region });
  const compiled = compileRules(rules);
  return {
    ports: {
      store: s3MailStore(s3, MailBucket, { keys: lazyDataKeys({ region }) }),
      mailLog: dynamoMailLog(dynamo, MailTable, { keepDays }),
      clock: systemClock,
      rules: async () => compiled,
      trust,
    },
    s3,
    dynamo,
    [Symbol.dispose]() {
      s3.destroy();
      dynamo.destroy();
    },
  };
}
