import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Clock, KeptSalt, SuppressionTable } from "../ports.ts";
import { held, ifAbsent } from "./conditional-write.ts";

/** Where the salt lies in the table. No address has this key, for it has no `@`; nor has the hash of one. */
const KEY = { address: { S: "forgotten" }, item: { S: "salt" } };

/** Milliseconds for which the answer that there is no salt is believed: a process that asks about many addresses must not ask for it with each. */
const BELIEVED = 60_000;

/** Milliseconds that the clocks of machines may differ. */
const CLOCK_SKEW = 10_000;

/**
 * The salt of a suppression table in DynamoDB: one item, which is never changed, and so is read once by each process.
 */
export function dynamoSalt(
  client: DynamoDBClient,
  tableName: string,
  clock: Clock,
): Pick<SuppressionTable, "salt" | "keepSalt"> {
  let known: string | undefined;
  let asked: { readonly at: number; readonly answer: Promise<string | undefined> } | undefined;

  async function read(): Promise<Record<string, AttributeValue> | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: KEY, ConsistentRead: true }));
    return Item;
  }

  async function ask(): Promise<string | undefined> {
    try {
      known = (await read())?.["salt"]?.S;
      return known;
    } catch (error) {
      asked = undefined;
      throw error;
    }
  }

  return {
    async salt() {
      if (known !== undefined) return known;
      const now = Date.parse(clock.now());
      // Also where the clock was set back meanwhile.
      if (asked === undefined || Math.abs(now - asked.at) >= BELIEVED) asked = { at: now, answer: ask() };
      return asked.answer;
    },

    async keepSalt(offered, now) {
      const Item = { ...KEY, salt: { S: offered }, madeAt: { S: now } };
      // One that is there already stays.
      await held(client.send(new PutItemCommand({ TableName: tableName, Item, ...ifAbsent("address") })));
      const item = await read();
      known = item?.["salt"]?.S;
      return keptSalt(item?.["salt"]?.S ?? offered, item?.["madeAt"]?.S ?? now);
    },
  };
}

function keptSalt(salt: string, madeAt: string): KeptSalt {
  return { salt, knownFrom: new Date(Date.parse(madeAt) + BELIEVED + CLOCK_SKEW).toISOString() };
}
