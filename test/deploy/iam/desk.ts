import { DeleteItemCommand, type DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { startFakeS3 } from "../../support/fake-s3.ts";
import { startFakeSns } from "../../support/fake-sns.ts";
import type { Outcome } from "../../support/lambda-process.ts";
import { startLocalDynamo } from "../../support/local-dynamo.ts";
import { runPackaged } from "../packaged-function.ts";
import { ACCOUNT, type PackagedStage } from "../packaged-stage.ts";
import { startGateway } from "./gateway.ts";
import type { Grant } from "./grants.ts";
import { type Role, rolesOf } from "./roles.ts";

/** A packaged stage with everything that it has in AWS, behind a gateway that knows its roles. */
export type Desk = Awaited<ReturnType<typeof startDesk>>;

/**
 * @param change what a role grants in a test of the gateway itself
 */
export async function startDesk(
  stage: PackagedStage,
  change: (grants: readonly Grant[]) => readonly Grant[] = (grants) => grants,
) {
  const { variant, resources, ofType } = stage;
  const idOf = (logicalId: string) => resources[logicalId]?.id ?? "";
  const [suppressionTable, mailTable] = [idOf("SuppressionTable"), idOf("MailTable")];
  const [s3, sns, dynamo] = await Promise.all([
    startFakeS3(),
    startFakeSns(),
    startLocalDynamo(suppressionTable, mailTable),
  ]);
  for (const [, { Properties }] of ofType("AWS::SNS::Topic"))
    sns.createTopic(String(Properties["TopicName"]), variant.region);
  const roles = rolesOf(stage).map((role) => ({ ...role, grants: change(role.grants) }));
  const keys = ofType("AWS::S3::Bucket").flatMap(([, { id, Properties }]) => {
    const key = /"KMSMasterKeyID":"([^"]+)"/.exec(JSON.stringify(Properties))?.[1];
    return key === undefined ? [] : [[id, key] as const];
  });
  const gateway = await startGateway({
    account: ACCOUNT,
    keys: new Map(keys),
    services: { s3: s3.endpoint, sns: sns.endpoint, dynamodb: dynamo.endpoint },
    grants: new Map(roles.map(({ name, grants }) => [name, grants])),
  });

  return {
    roles,
    gateway,
    published: sns.published,
    /** Puts an object into one of the stage's buckets. */
    store: (bucket: "MailBucket" | "ConfigBucket", key: string, content: Buffer | string) =>
      s3.objects.set(`${idOf(bucket)}/${key}`, Buffer.from(content)),
    /** Puts a version under the current one of an object. */
    storeBelow: (bucket: "MailBucket" | "ConfigBucket", key: string, content: string) =>
      s3.versions.push({ name: `${idOf(bucket)}/${key}`, id: "v1", content: Buffer.from(content) }),

    /** Runs a function as it was packaged, with its role. */
    async run(name: Role["name"], ...events: readonly unknown[]): Promise<readonly Outcome[]> {
      const env = {
        ...roles.find((role) => role.name === name)?.variables,
        AWS_ENDPOINT_URL: gateway.endpoint,
        AWS_REGION: variant.region,
        AWS_ACCESS_KEY_ID: name,
        AWS_SECRET_ACCESS_KEY: "test",
      };
      return (await runPackaged(variant.name, name, { env, events })).outcomes;
    },

    /** Does something while all evidence is taken away as soon as anything has been written to the suppression table, as when somebody is forgotten. */
    async whileForgetting<Result>(work: () => Promise<Result>): Promise<Result> {
      gateway.onAnswered = async ({ action, resource }) => {
        if (action === "dynamodb:PutItem" && resource.endsWith(suppressionTable))
          await removeEvidence(dynamo.client, suppressionTable);
      };
      const result = await work();
      delete gateway.onAnswered;
      return result;
    },

    async close(): Promise<void> {
      await gateway.close();
      await Promise.all([s3, sns, dynamo].map((fake) => fake.close()));
    },
  };
}

async function removeEvidence(client: DynamoDBClient, table: string): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  for (const { address, item } of Items) {
    if (address === undefined || !item?.S?.startsWith("evidence#")) continue;
    await client.send(new DeleteItemCommand({ TableName: table, Key: { address, item } }));
  }
}
