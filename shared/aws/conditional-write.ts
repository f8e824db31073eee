import { ConditionalCheckFailedException, type PutItemCommandInput } from "@aws-sdk/client-dynamodb";

/** What a write asks of the item that is there before it. */
export type WriteCondition = Pick<PutItemCommandInput, "ConditionExpression" | "ExpressionAttributeValues">;

/** @param key an attribute of the table's key, which each item that is there has */
export function ifAbsent(key: string): WriteCondition {
  return { ConditionExpression: `attribute_not_exists(${key})` };
}

export function ifVersion(version: number): WriteCondition {
  return {
    ConditionExpression: "version = :before",
    ExpressionAttributeValues: { ":before": { N: String(version) } },
  };
}

/**
 * That nobody wrote meanwhile: the first version is put where nothing is, each later one in the place of the one before it.
 *
 * @param key as for `ifAbsent`
 */
export function ifNext(key: string, version: number): WriteCondition {
  return version === 1 ? ifAbsent(key) : ifVersion(version - 1);
}

/**
 * Whether the condition of a write held, and so it was made.
 *
 * @throws whatever else the write throws
 */
export async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
