import { once } from "node:events";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { MAIL_TABLE } from "../../shared/aws/mail-table-definition.ts";
import { SUPPRESSION_TABLE } from "../../shared/aws/suppression-table-definition.ts";

export interface LocalDynamo {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  /** Every item of a table, as it lies there. */
  dump(table: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A DynamoDB of this process, with empty tables of these names. */
export async function startLocalDynamo(table: string, mailTable?: string): Promise<LocalDynamo> {
  const server = dynalite({ createTableMs: 0 }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected an address with a port");
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await createSuppressionTable(client, table);
  if (mailTable !== undefined) await createMailTable(client, mailTable);
  return {
    client,
    endpoint,
    dump: (name) => dumpTable(client, name),
    async close() {
      client.destroy();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

/** Creates the table and waits until it can be used. */
export async function createSuppressionTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(new CreateTableCommand({ TableName: table, ...definition() }));
  await untilActive(client, table);
}

/** The same for a mail table. */
export async function createMailTable(client: DynamoDBClient, table: string): Promise<void> {
  const { BillingMode, AttributeDefinitions, KeySchema } = MAIL_TABLE;
  const keys = { AttributeDefinitions: [...AttributeDefinitions], KeySchema: [...KeySchema] };
  await client.send(new CreateTableCommand({ TableName: table, BillingMode, ...keys }));
  await untilActive(client, table);
}

async function untilActive(client: DynamoDBClient, table: string): Promise<void> {
  while ((await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus !== "ACTIVE");
}

/** The SDK takes lists that may be changed. */
function definition() {
  const { BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = SUPPRESSION_TABLE;
  return {
    BillingMode,
    AttributeDefinitions: [...AttributeDefinitions],
    KeySchema: [...KeySchema],
    GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({ ...index, KeySchema: [...index.KeySchema] })),
  };
}

async function dumpTable(client: DynamoDBClient, table: string): Promise<unknown> {
  const items: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
    items.push(...Items.map((item) => JSON.stringify(Object.entries(item).sort())));
  return items.sort();
}
