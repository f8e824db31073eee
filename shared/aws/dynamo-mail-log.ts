import { gunzipSync, gzipSync } from "node:zlib";
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import type { MailEntry } from "../inbound/mail-entry.ts";
import type { MailLog } from "../ports.ts";
import { held, ifNext } from "./conditional-write.ts";
import { MAIL_EXPIRES_AT } from "./mail-table-definition.ts";

type Item = Record<string, AttributeValue>;

/**
 * The mail log in DynamoDB: one item a mail, the entry as JSON in the attribute `json`, beside what it is found by and what a person looks for in
 * the console. Errors of the SDK pass through as they are.
 *
 * @param options.keepDays how long after its last change an entry is kept. Longer than anything is delivered again (SNS goes on for 23 days,
 *   a dead-letter queue keeps for 14), or a late delivery would count as new
 */
export function dynamoMailLog(
  client: DynamoDBClient,
  tableName: string,
  { keepDays = 400 }: { readonly keepDays?: number } = {},
): MailLog {
  const keyOf = (key: string): Item => ({ mail: { S: key } });

  return {
    async find(key) {
      const command = new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && readEntry(Item);
    },

    async put(entry) {
      const Item = { ...keyOf(entry.key), ...attributes(entry) };
      return held(client.send(new PutItemCommand({ TableName: tableName, Item, ...ifNext("mail", entry.version) })));
    },

    async *list() {
      for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName }))
        yield* Items.map(readEntry);
    },

    async remove(key) {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(key) }));
    },
  };

  function attributes(entry: MailEntry): Item {
    const expires = Math.ceil(Date.parse(entry.changedAt) / 1000) + keepDays * 86_400;
    return {
      version: { N: String(entry.version) },
      ...written(entry),
      [MAIL_EXPIRES_AT]: { N: String(expires) },
      ...(entry.record !== null && { outcome: { S: entry.record.outcome } }),
      ...(entry.record?.receivedAt != null && { receivedAt: { S: entry.record.receivedAt } }),
    };
  }
}

/** Bytes of JSON from which on an entry is compressed: 10,000 alerts of one mail would else not fit into an item (400 KB). */
const COMPRESS_FROM = 100_000;

function written(entry: MailEntry): Item {
  const json = JSON.stringify(entry);
  return json.length < COMPRESS_FROM ? { json: { S: json } } : { gzip: { B: gzipSync(json) } };
}

function readEntry({ json, gzip }: Item): MailEntry {
  return JSON.parse(gzip?.B ? gunzipSync(gzip.B).toString() : (json?.S ?? "null")) as MailEntry;
}
