import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import type { SuppressionTable } from "../ports.ts";
import { storedId } from "../suppression/stored-id.ts";
import { type Evidence, type Shelf, SUPPRESSION_REASONS, type Suppression } from "../suppression/suppression.ts";
import { BY_REASON, EXPIRES_AT } from "./suppression-table-definition.ts";

/** The sort key of an address's state; its evidence has `evidence#SHELF#TIME#ID`. */
const STATE = "state";

type Item = Record<string, AttributeValue>;

/**
 * The suppression table in DynamoDB: an address's state and its evidence are items of one partition, each written by itself on a
 * condition. Both are kept as JSON in the attribute `json`, beside what they are found and expired by.
 *
 * Errors of the SDK pass through as they are.
 */
export function dynamoSuppressionTable(client: DynamoDBClient, tableName: string): SuppressionTable {
  /** @returns false when the condition does not hold */
  async function putIf(item: Item, condition: Partial<PutItemCommandInput>): Promise<boolean> {
    try {
      await client.send(new PutItemCommand({ TableName: tableName, Item: item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    async get(address) {
      const key = { address: { S: address }, item: { S: STATE } };
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
      return Item && readJson<Suppression>(Item);
    },

    async addEvidence(evidence) {
      await putIf(evidenceItem(evidence), { ConditionExpression: "attribute_not_exists(address)" });
    },

    async evidence(address, shelf, limit) {
      const query = {
        TableName: tableName,
        KeyConditionExpression: "address = :address AND begins_with(#item, :shelf)",
        ExpressionAttributeNames: { "#item": "item" },
        ExpressionAttributeValues: { ":address": { S: address }, ":shelf": { S: shelfPrefix(shelf) } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
      };
      const found: Evidence[] = [];
      // An answer has a megabyte at most, and so may have fewer items than were asked for.
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        found.push(...Items.map((item) => readJson<Evidence>(item)));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    async put(state) {
      if (state.version === 1) return putIf(stateItem(state), { ConditionExpression: "attribute_not_exists(address)" });
      return putIf(stateItem(state), {
        ConditionExpression: "version = :before",
        ExpressionAttributeValues: { ":before": { N: String(state.version - 1) } },
      });
    },

    async *list({ reason, since = "" } = {}) {
      for (const listed of reason === undefined ? SUPPRESSION_REASONS : [reason]) {
        const query = {
          TableName: tableName,
          IndexName: BY_REASON,
          KeyConditionExpression: "reason = :reason AND sinceAddress >= :since",
          ExpressionAttributeValues: { ":reason": { S: listed }, ":since": { S: since || " " } },
        };
        for await (const { Items = [] } of paginateQuery({ client }, query)) {
          yield* Items.map((item) => readJson<Suppression>(item));
        }
      }
    },
  };
}

/**
 * Only suppressed addresses have what the index is made of. DynamoDB may delete a state whose suppression has ended: it says nothing that
 * the evidence does not say, and is made anew with the next.
 */
function stateItem(state: Suppression): Item {
  const { address, reason, since, expiresAt, version } = state;
  return {
    address: { S: address },
    item: { S: STATE },
    version: { N: String(version) },
    json: { S: JSON.stringify(state) },
    ...(reason !== null && { reason: { S: reason }, sinceAddress: { S: `${since}#${address}` } }),
    ...expiry(expiresAt),
  };
}

function evidenceItem(evidence: Evidence): Item {
  const { address, shelf, at, id, keepUntil } = evidence;
  return {
    address: { S: address },
    item: { S: `${shelfPrefix(shelf)}${at ?? ""}#${storedId(id)}` },
    json: { S: JSON.stringify(evidence) },
    ...expiry(keepUntil),
  };
}

function expiry(time: string | null): Item {
  return time === null ? {} : { [EXPIRES_AT]: { N: String(Math.ceil(Date.parse(time) / 1000)) } };
}

function shelfPrefix(shelf: Shelf): string {
  return `evidence#${shelf}#`;
}

function readJson<Value>({ json }: Item): Value {
  return JSON.parse(json?.S ?? "null") as Value;
}
