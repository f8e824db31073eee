import { expect, onTestFinished, test } from "vitest";
import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import type { MailLog } from "../../shared/ports.ts";
import { collect } from "../support/collect.ts";
import { requestsOf } from "../support/dynamo-requests.ts";
import { entryOf } from "../support/entries.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";

async function start() {
  const { client, close } = await startLocalDynamo("acme-suppression", "acme-mail");
  onTestFinished(close);
  return { client, mailLog: dynamoMailLog(client, "acme-mail") };
}

test("the read that decides is strongly consistent", async () => {
  const { client, mailLog } = await start();
  const sent = requestsOf(client);
  await mailLog.find("m1");
  expect(sent).toEqual([
    {
      operation: "GetItemCommand",
      body: { TableName: "acme-mail", Key: { mail: { S: "m1" } }, ConsistentRead: true },
    },
  ]);
});

test("every put is of one item, on the condition that the log still holds what the entry was made from", async () => {
  const { client, mailLog } = await start();
  const sent = requestsOf(client);
  const [first, second, late] = [entryOf(), entryOf({ version: 2 }), entryOf({ version: 9 })];
  expect([await mailLog.put(first), await mailLog.put(second)]).toEqual([true, true]);
  expect([await mailLog.put(first), await mailLog.put(late)]).toEqual([false, false]);
  const put = (version: number, condition: object) => ({
    operation: "PutItemCommand",
    body: { Item: expect.objectContaining({ mail: { S: "m1" }, version: { N: String(version) } }), ...condition },
  });
  const ifNew = { ConditionExpression: "attribute_not_exists(mail)" };
  const ifStill = (before: string) => ({
    ConditionExpression: "version = :before",
    ExpressionAttributeValues: { ":before": { N: before } },
  });
  expect(sent).toMatchObject([put(1, ifNew), put(2, ifStill("1")), put(1, ifNew), put(9, ifStill("8"))]);
  expect(await mailLog.find("m1")).toEqual(second);
});

test("what is taken away is one item, by its key", async () => {
  const { client, mailLog } = await start();
  const sent = requestsOf(client);
  await mailLog.remove("m1");
  expect(sent).toEqual([
    { operation: "DeleteItemCommand", body: { TableName: "acme-mail", Key: { mail: { S: "m1" } } } },
  ]);
});

test.each<[call: string, (mailLog: MailLog) => Promise<unknown>]>([
  ["find", (mailLog) => mailLog.find("m1")],
  ["put, first", (mailLog) => mailLog.put(entryOf())],
  ["put, later", (mailLog) => mailLog.put(entryOf({ version: 2 }))],
  ["list", (mailLog) => collect(mailLog.list())],
  ["remove", (mailLog) => mailLog.remove("m1")],
])("errors that are no outcome pass through as they are: %s", async (_call, call) => {
  const { client } = await start();
  await expect(call(dynamoMailLog(client, "another-table"))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
