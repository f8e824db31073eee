import { type AttributeValue, DeleteItemCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import type { SuppressionTable } from "../../shared/ports.ts";
import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";
import { toEvidence } from "../../shared/suppression/evidence.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { SHELVES } from "../../shared/suppression/suppression.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { collect } from "../support/collect.ts";
import { requestsOf } from "../support/dynamo-requests.ts";
import { bounceOf, deliveryOf, sentMail } from "../support/feedback.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";
import { evidenceOf, suppressionOf } from "../support/suppressions.ts";

const TABLE = "suppression";
const NOW = "2026-11-24T09:00:00.000Z";
const address = "gone@partner.example";

async function start() {
  const { client, close } = await startLocalDynamo(TABLE);
  onTestFinished(close);
  const clock = { now: () => NOW };
  const table = dynamoSuppressionTable(client, TABLE, clock);
  const record = createRecordFeedback({
    table,
    clock,
    policy: DEFAULT_POLICY,
    log: SILENT_LOG,
  });
  async function item(of: string, key: string): Promise<Record<string, AttributeValue> | undefined> {
    const Key = { address: { S: of }, item: { S: key } };
    return (await client.send(new GetItemCommand({ TableName: TABLE, Key }))).Item;
  }
  return { client, table, record, item };
}

describe("the item of a state", () => {
  test("that is suppressed for good: in the index, and never deleted", async () => {
    const { table, item } = await start();
    await table.put(suppressionOf());
    expect(await item(address, "state")).toEqual({
      address: { S: address },
      item: { S: "state" },
      version: { N: "1" },
      reason: { S: "bounce" },
      sinceAddress: { S: `2026-11-21T07:41:19.000Z#${address}` },
      json: { S: JSON.stringify(suppressionOf()) },
    });
  });

  test("that is suppressed for a time: deleted afterwards, in epoch seconds, no sooner", async () => {
    const { table, item } = await start();
    await table.put(suppressionOf({ expiresAt: "2027-02-19T07:41:19.001Z" }));
    expect(await item(address, "state")).toMatchObject({ expiresAtEpoch: { N: "1803022880" } });
    expect(1803022880 * 1000).toBeGreaterThanOrEqual(Date.parse("2027-02-19T07:41:19.001Z"));
  });

  test.each([
    ["in probation", { probation: true }],
    ["suspect", { suspect: true }],
    ["with soft bounces alone", {}],
  ])("that may be written to: in no index, and never deleted: %s", async (_title, parts) => {
    const { table, item } = await start();
    await table.put(suppressionOf({ expiresAt: "2026-12-01T00:00:00.000Z", reason: "mailboxFull" }));
    await table.put(suppressionOf({ reason: null, since: null, expiresAt: null, version: 2, ...parts }));
    expect(Object.keys((await item(address, "state")) ?? {}).sort()).toEqual(["address", "item", "json", "version"]);
  });

  test("that DynamoDB has deleted in its time is made anew with the next report", async () => {
    const { table, record, client } = await start();
    const full = bounceOf({ bounceType: "Transient", bounceSubType: "MailboxFull", reason: "mailboxFull" });
    const soft = { status: null, diagnosticCode: null };
    for (let day = 1; day <= 5; day++)
      await record({ ...full, ...soft, id: `${day}`, at: `2026-01-0${day}T00:00:00.000Z` });
    const before = await table.get(address);
    expect(before).toMatchObject({ reason: "repeatedBounces", expiresAt: "2026-04-05T00:00:00.000Z" });
    const Key = { address: { S: address }, item: { S: "state" } };
    await client.send(new DeleteItemCommand({ TableName: TABLE, Key }));
    await record({ ...full, ...soft, id: "1", at: "2026-01-01T00:00:00.000Z" });
    expect(await table.get(address)).toEqual({ ...before, version: 1 });
  });
});

describe("the item of evidence", () => {
  test("has its shelf, time and id for a key, and the time when it may be deleted", async () => {
    const { table, item } = await start();
    const evidence = evidenceOf({ shelf: "told", id: "a#b", keepUntil: "2026-12-21T07:41:20.000Z" });
    await table.addEvidence(evidence);
    expect(await item(address, "evidence#told#2026-11-21T07:41:19.000Z#a#b")).toEqual({
      address: { S: address },
      item: { S: "evidence#told#2026-11-21T07:41:19.000Z#a#b" },
      json: { S: JSON.stringify(evidence) },
      expiresAtEpoch: { N: "1797838880" },
    });
  });

  test("that is kept for good is never deleted", async () => {
    const { table, item } = await start();
    await table.addEvidence(evidenceOf({ id: "1", at: null }));
    expect(Object.keys((await item(address, "evidence#decisive##1")) ?? {}).sort()).toEqual([
      "address",
      "item",
      "json",
    ]);
  });
});

describe("what DynamoDB limits", () => {
  /** 64 characters of four bytes, and a domain that fills the address up to 254 characters. */
  const longest = `${"𠮷".repeat(64)}@${"d".repeat(63)}.${"e".repeat(63)}.${"f".repeat(53)}.example`;

  test("the longest address and the longest id fit into keys and index", async () => {
    const { table } = await start();
    expect(canonicalAddress(longest)).toBe(longest);
    expect([...longest]).toHaveLength(254);
    for (const shelf of SHELVES)
      for (const id of ["𠮷".repeat(128), "x".repeat(100_000)])
        await table.addEvidence(evidenceOf({ address: longest, shelf, id }));
    await table.put(suppressionOf({ address: longest }));
    expect(await collect(table.list())).toEqual([suppressionOf({ address: longest })]);
    for (const shelf of SHELVES) expect(await table.evidence(longest, shelf, 10)).toHaveLength(2);
  });

  test.each([["障"], ["\0"], ["\ud83d"]])(
    "a report whose texts are megabytes of %o fits into an item",
    async (text) => {
      const { record, table } = await start();
      const long = text.repeat(1_000_000);
      const tags = Object.fromEntries(Array.from({ length: 99 }, (_, at) => [`${at}${long}`, Array(99).fill(long)]));
      const mail = { ...sentMail, messageId: long, messageIdHeader: long, source: long, tags };
      const report = bounceOf({ diagnosticCode: long, reportingMta: long, action: long, status: long, mail });
      expect(await record(report)).toMatchObject({ after: { reason: "bounce" } });
      expect(await table.evidence(address, "decisive", 10)).toEqual([toEvidence(report, NOW, DEFAULT_POLICY)]);
    },
  );
});

describe("on the wire", () => {
  test("reads that decide are strongly consistent, all writing is of one item on a condition", async () => {
    const { client, table, record } = await start();
    const sent = requestsOf(client);
    await record(bounceOf());
    await record(bounceOf({ id: "another", bounceType: "Transient", bounceSubType: "MailboxFull" }));
    await table.put(suppressionOf({ version: 3 }));
    expect(new Set(sent.map(({ operation }) => operation))).toEqual(
      new Set(["GetItemCommand", "QueryCommand", "PutItemCommand"]),
    );
    for (const { operation, body } of sent)
      expect(body).toMatchObject(
        operation === "PutItemCommand" ? { ConditionExpression: expect.any(String) } : { ConsistentRead: true },
      );
  });

  test.each([
    ["a new report that changes the state", bounceOf({ id: "new" }), { Put: 2, Get: 2, Query: 12 }],
    ["a report that comes again", bounceOf(), { Put: 1, Get: 1, Query: 6 }],
    ["a delivery that changes nothing", deliveryOf(), { Put: 1, Get: 1, Query: 6 }],
    ["a report that nothing may follow from", bounceOf({ trusted: false }), { Put: 1, Get: 1, Query: 0 }],
  ])("docs/functions.md, requests of %s", async (_title, report, { Put, Get, Query }) => {
    const { client, record } = await start();
    await record(bounceOf());
    const sent = requestsOf(client);
    await record(report);
    const times = (name: string) => sent.filter(({ operation }) => operation === `${name}Command`).length;
    expect({ Put: times("PutItem"), Get: times("GetItem"), Query: times("Query") }).toEqual({ Put, Get, Query });
  });

  test.each<[call: string, (table: SuppressionTable) => Promise<unknown>]>([
    ["get", (table) => table.get(address)],
    ["addEvidence", (table) => table.addEvidence(evidenceOf())],
    ["evidence", (table) => table.evidence(address, "soft", 1)],
    ["put, first", (table) => table.put(suppressionOf())],
    ["put, later", (table) => table.put(suppressionOf({ version: 2 }))],
    ["list", (table) => collect(table.list())],
    ["removeEvidence", (table) => table.removeEvidence(evidenceOf())],
    ["removeState", (table) => table.removeState(suppressionOf())],
    ["salt", (table) => table.salt()],
    ["keepSalt", (table) => table.keepSalt("salt", NOW)],
  ])("errors that are no outcome pass through as they are: %s", async (_call, call) => {
    const { client } = await start();
    await expect(call(dynamoSuppressionTable(client, "another-table", systemClock))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});
