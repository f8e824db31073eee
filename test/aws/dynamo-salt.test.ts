import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";

const TABLE = "suppression";
const START = Date.parse("2026-11-24T09:00:00.000Z");

async function start() {
  const { client, close } = await startLocalDynamo(TABLE);
  onTestFinished(close);
  let seconds = 0;
  const table = dynamoSuppressionTable(client, TABLE, { now: () => at(seconds) });
  return { client, table, reads: readsOf(client), pass: (more: number) => (seconds += more) };
}

function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

/** Counts GetItem requests. */
function readsOf(client: DynamoDBClient): () => number {
  let reads = 0;
  client.middlewareStack.add((next, context) => async (args) => {
    if (context["commandName"] === "GetItemCommand") reads += 1;
    return next(args);
  });
  return () => reads;
}

test("that there is no salt is asked once a minute, however many ask", async () => {
  const { table, reads, pass } = await start();
  await Promise.all(Array.from({ length: 20 }, () => table.salt()));
  pass(59);
  await table.salt();
  expect(reads()).toBe(1);
  pass(1);
  expect(await table.salt()).toBeUndefined();
  expect(reads()).toBe(2);
});

test("a salt is asked once, for good", async () => {
  const { client, table, reads, pass } = await start();
  await dynamoSuppressionTable(client, TABLE, systemClock).keepSalt("salt", at(0));
  const before = reads();
  expect(await table.salt()).toBe("salt");
  pass(100_000);
  expect(await table.salt()).toBe("salt");
  expect(reads()).toBe(before + 1);
});

test("a process that asked just before knows of a salt by the time that its maker is told", async () => {
  const { client, table, pass } = await start();
  expect(await table.salt()).toBeUndefined();
  const { knownFrom } = await dynamoSuppressionTable(client, TABLE, systemClock).keepSalt("salt", at(0));
  expect(knownFrom).toBe(at(70));
  expect(await table.salt()).toBeUndefined();
  pass(70);
  expect(await table.salt()).toBe("salt");
});

test("who keeps a salt later is told of the time of the first", async () => {
  const { client, table } = await start();
  await table.keepSalt("salt", at(0));
  expect(await dynamoSuppressionTable(client, TABLE, systemClock).keepSalt("late", at(1_000))).toEqual({
    salt: "salt",
    knownFrom: at(70),
  });
});

test("a clock that is set back does not make a minute longer", async () => {
  const { table, reads, pass } = await start();
  await table.salt();
  pass(-3_600);
  await table.salt();
  expect(reads()).toBe(2);
});

test("a question that failed is asked again", async () => {
  const { client, table } = await start();
  let failures = 1;
  client.middlewareStack.add(
    (next) => async (args) => {
      if (failures-- > 0) throw new Error("no connection");
      return next(args);
    },
    { step: "initialize" },
  );
  await expect(table.salt()).rejects.toThrow("no connection");
  expect(await table.salt()).toBeUndefined();
});
