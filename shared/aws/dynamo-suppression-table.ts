import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import type { Clock, SuppressionTable } from "../ports.ts";
import { storedId } from "../suppression/stored-id.ts";
import { type Evidence, type Shelf, SUPPRESSION_REASONS, type Suppression } from "../suppression/suppression.ts";
import { held, ifAbsent, ifNext, ifVersion, type WriteCondition } from "./conditional-write.ts";
import { dynamoSalt } from "./dynamo-salt.ts";
import { BY_REASON, EXPIRES_AT } from "./suppression-table-definition.ts";

/** The sort key of an address's state; its evidence has `evidence#SHELF#TIME#ID`. */
const STATE = "state";

/** Items of a page: DynamoDB takes no greater number than that of an `int`. */
const MAX_PAGE = 1_000;

type Item = Record<string, AttributeValue>;

/**
 * The suppression table in DynamoDB: an address's state and its evidence are items of one partition, each written by itself on a
 * condition. Both are kept as JSON in the attribute `json`, beside what they are found and expired by.
 *
 * Errors of the SDK pass through as they are.
 *
 * @param clock tells how old it is that the table has no salt
 */
export function dynamoSuppressionTable(client: DynamoDBClient, tableName: string, clock: Clock): SuppressionTable {
  /** @returns false when the condition does not hold */
  function putIf(item: Item, condition: WriteCondition): Promise<boolean> {
    return held(client.send(new PutItemCommand({ TableName: tableName, Item: item, ...condition })));
  }

  return {
    ...dynamoSalt(client, tableName, clock),

    async get(address) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: stateKey(address), ConsistentRead: true }),
      );
      return Item && readJson<Suppression>(Item);
    },

    async addEvidence(evidence) {
      await putIf(evidenceItem(evidence), ifAbsent("address"));
    },

    async evidence(address, shelf, limit) {
      const query = {
        TableName: tableName,
        KeyConditionExpression: "address = :address AND begins_with(#item, :shelf)",
        ExpressionAttributeNames: { "#item": "item" },
        ExpressionAttributeValues: { ":address": { S: address }, ":shelf": { S: shelfPrefix(shelf) } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: Math.min(limit, MAX_PAGE),
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
      return putIf(stateItem(state), ifNext("address", state.version));
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

    async removeEvidence(evidence) {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: evidenceKey(evidence) }));
    },

    async removeState({ address, version }) {
      const what = { TableName: tableName, Key: stateKey(address), ...ifVersion(version) };
      return held(client.send(new DeleteItemCommand(what)));
    },
  };
}

function stateKey(address: string): Item {
  return { address: { S: address }, item: { S: STATE } };
}

/**
 * Only suppressed addresses have what the index is made of. DynamoDB may delete a state whose suppression has ended: it says nothing that
 * the evidence does not say, and is made anew with the next.
 */
function stateItem(state: Suppression): Item {
  const { address, reason, since, expiresAt, version } = state;
  return {
    ...stateKey(address),
    version: { N: String(version) },
    json: { S: JSON.stringify(state) },
    ...(reason !== null && { reason: { S: reason }, sinceAddress: { S: `${since}#${address}` } }),
    ...expiry(expiresAt),
  };
}

function evidenceItem(evidence: Evidence): Item {
  return { ...evidenceKey(evidence), json: { S: JSON.stringify(evidence) }, ...expiry(evidence.keepUntil) };
}

function evidenceKey({ address, shelf, at, id }: Evidence): Item {
  return { address: { S: address }, item: { S: `${shelfPrefix(shelf)}${at ?? ""}#${storedId(id)}` } };
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
