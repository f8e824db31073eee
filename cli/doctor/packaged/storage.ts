import * as z from "zod";
import type { Examination } from "../examine.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import { checkExpiry, lifecycleSchema } from "./expiry.ts";
import { packagedExamination } from "./packaged-examination.ts";
import type { PackagedResource, PackagedStack } from "./packaged-stack.ts";

const bucketSchema = z.object({
  PublicAccessBlockConfiguration: z
    .object({
      BlockPublicAcls: z.boolean(),
      BlockPublicPolicy: z.boolean(),
      IgnorePublicAcls: z.boolean(),
      RestrictPublicBuckets: z.boolean(),
    })
    .partial()
    .default({}),
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
  LifecycleConfiguration: lifecycleSchema.optional(),
});

const logGroupSchema = z.object({ RetentionInDays: z.coerce.number().optional() });

const INFRA = "infra/storage.yml";

/** Whether mail is kept as it should be: from the public, from mistakes, and not for ever. */
export function packagedStorage(stack: PackagedStack): readonly Examination[] {
  const { MailBucket, MailPrefix, ConfigBucket, MailTable, SuppressionTable } = stack.deployment;
  const buckets = () =>
    stack.ofType("AWS::S3::Bucket", bucketSchema).filter(({ id }) => id === MailBucket || id === ConfigBucket);
  return [
    packagedExamination("public-access", buckets, (found) => found.flatMap(checkPublicAccess)),
    packagedExamination("versioning", buckets, (found) => found.flatMap(checkVersioning)),
    packagedExamination(
      "retention",
      () => ({
        kept: [...buckets(), ...stack.ofType("AWS::DynamoDB::Table", z.unknown())],
        mail: buckets().find(({ id }) => id === MailBucket),
        logs: stack.ofType("AWS::Logs::LogGroup", logGroupSchema),
      }),
      ({ kept, mail, logs }) => {
        const stores = [MailBucket, ConfigBucket, MailTable, SuppressionTable];
        const missing = stores.filter((store) => !kept.some(({ id }) => id === store));
        return [
          ...(missing.length === 0
            ? []
            : [
                error(
                  `the template has no ${missing.join(", ")}`,
                  "Mailroom keeps mail and suppressions there.",
                  INFRA,
                ),
              ]),
          ...checkKept(kept.filter(({ id }) => stores.includes(id))),
          ...(mail === undefined ? [] : checkMail(mail, MailPrefix)),
          ...logs.flatMap(checkLogs),
        ];
      },
    ),
  ];
}

type Bucket = PackagedResource<z.output<typeof bucketSchema>>;

function checkPublicAccess({ logicalId, properties }: Bucket): readonly Found[] {
  const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } =
    properties.PublicAccessBlockConfiguration;
  if (BlockPublicAcls && BlockPublicPolicy && IgnorePublicAcls && RestrictPublicBuckets)
    return [ok(`${logicalId} is closed to the public`)];
  return [error(`${logicalId} is not closed to the public`, "One wrong policy, and everybody reads your mail.", INFRA)];
}

function checkVersioning({ logicalId, properties }: Bucket): readonly Found[] {
  if (properties.VersioningConfiguration?.Status === "Enabled") return [ok(`${logicalId} keeps older versions`)];
  return [warning(`${logicalId} keeps no older versions`, "What is deleted or overwritten by mistake is gone.", INFRA)];
}

function checkKept(stores: readonly PackagedResource<unknown>[]): readonly Found[] {
  const lost = stores.filter(({ isRetained }) => !isRetained).map(({ logicalId }) => logicalId);
  if (lost.length === 0) return [ok("mail and tables stay when the stack is removed")];
  return [
    error(
      `${lost.join(", ")} would be deleted with the stack`,
      "Mail and suppressions would be lost.",
      "DeletionPolicy: Retain",
    ),
  ];
}

function checkMail({ properties }: Bucket, prefix: string): readonly Found[] {
  const isVersioned = properties.VersioningConfiguration !== undefined;
  return checkExpiry(properties.LifecycleConfiguration, { prefix, isVersioned, mend: INFRA });
}

function checkLogs({ logicalId, properties }: PackagedResource<z.output<typeof logGroupSchema>>): readonly Found[] {
  if (properties.RetentionInDays !== undefined) return [];
  return [
    warning(
      `${logicalId} keeps logs for ever`,
      "They cost money for as long.",
      "provider.logRetentionInDays in serverless.yml",
    ),
  ];
}
