import { describe, expect, test } from "vitest";
import { errorCode } from "../../shared/errors.ts";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import type { Log, LogFields, SuppressionTable } from "../../shared/ports.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import type { Evidence, Suppression } from "../../shared/suppression/suppression.ts";
import { complaint, day, delivered, filed, full, hard, notSpam, soft } from "../support/evidence.ts";
import { delayOf } from "../support/feedback.ts";
import { memorySuppressionTable } from "../support/memory-suppression-table.ts";

const ADDRESS = "jane@partner.example";

function desk(table: SuppressionTable = memorySuppressionTable(), now = day(50)) {
  const warnings: (readonly [string, LogFields | undefined])[] = [];
  const log: Log = { info() {}, warn: (event, fields) => void warnings.push([event, fields]), error() {} };
  const record = createRecordFeedback({ table, clock: { now: () => now }, policy: DEFAULT_POLICY, log });
  return { table, record, warnings };
}

test("a hard bounce: what it does, and what was known before and after", async () => {
  const { record, table } = desk();
  expect(await record(hard(1))).toEqual({
    kind: "recorded",
    address: ADDRESS,
    effect: {
      effect: "suppress",
      reason: "bounce",
      why: "It suppresses, because the bounce is permanent (Permanent/General).",
    },
    before: undefined,
    after: await table.get(ADDRESS),
  });
  expect(await table.get(ADDRESS)).toMatchObject({ reason: "bounce", since: day(1), version: 1 });
});

test("a recipient that is no address leaves nothing", async () => {
  const table = memorySuppressionTable();
  expect(await desk(table).record(hard(1, { recipient: "undisclosed recipients" }))).toEqual({ kind: "noAddress" });
  expect(table.dump()).toEqual([[], []]);
});

test("trap 1.7, destination[0] used: only the recipient of the report is suppressed", async () => {
  const { record, table } = desk();
  await record(hard(1, { recipient: "second@partner.example" }));
  expect(await table.get("second@partner.example")).toMatchObject({ reason: "bounce" });
  expect(await table.get(ADDRESS)).toBeUndefined();
});

test("one report by two ways, spelt differently: it counts once, and the order does not matter", async () => {
  const copies = [
    hard(1, { id: "one", via: "event", recipient: "JANE@partner.example" }),
    hard(1, { id: "one", via: "notification", recipient: "Jane@Partner.example" }),
  ];
  const states = [];
  for (const order of [copies, copies.toReversed()]) {
    const { record, table } = desk();
    for (const copy of order) await record(copy);
    const { version: _, ...state } = (await table.get(ADDRESS)) ?? { version: 0 };
    states.push(state);
  }
  expect(states[0]).toMatchObject({ spelling: "Jane@Partner.example", counts: { permanent: 1 } });
  expect(states[1]).toEqual(states[0]);
});

test("trap 1.11, two different reports about one mail both count", async () => {
  const { record, table } = desk();
  const { mail } = hard(1);
  await record(soft(1, { id: "first", mail }));
  await record(soft(1, { id: "second", mail }));
  expect(await table.get(ADDRESS)).toMatchObject({ counts: { transient: 2 } });
});

test.each([
  ["a hard bounce", [hard(1)]],
  ["a complaint", [complaint(1)]],
  ["soft bounces", [soft(1), soft(2), full(3)]],
  ["a delivery", [soft(1), delivered(2)]],
  ["not-spam", [complaint(1), notSpam(2)]],
  ["what can be forged", [hard(1, { trusted: false })]],
])("each report twice leaves the table as it is: %s", async (_, reports: readonly Feedback[]) => {
  const table = memorySuppressionTable();
  for (const report of reports) await desk(table).record(report);
  const once = table.dump();
  // Later, as a redelivery is.
  for (const report of reports) await desk(table, day(60)).record(report);
  expect(table.dump()).toEqual(once);
});

test("a report whose first delivery ended before the state was written is judged at the second", async () => {
  const { record, table } = desk();
  await table.addEvidence(filed(hard(1)));
  expect(await record(hard(1))).toMatchObject({ before: undefined, after: { reason: "bounce" } });
});

describe("trap 1.14, what can be forged", () => {
  test.each([hard(1), complaint(1), notSpam(9), delivered(9)])("$kind is kept and changes nothing", async (forged) => {
    const { record, table } = desk();
    await record(complaint(2));
    const before = await table.get(ADDRESS);
    const outcome = await record({ ...forged, trusted: false });
    expect(outcome).toMatchObject({ effect: { effect: "none" }, before, after: before });
    expect(await table.get(ADDRESS)).toEqual(before);
    expect(await table.evidence(ADDRESS, "untrusted", 9)).toHaveLength(1);
  });
});

test("a delay is kept, and makes no state", async () => {
  const { record, table } = desk();
  expect(await record(delayOf({ recipient: ADDRESS }))).toMatchObject({ before: undefined, after: undefined });
  expect(await table.evidence(ADDRESS, "told", 9)).toHaveLength(1);
});

describe("told to the operator", () => {
  test("a subtype that is new to us, without the address", async () => {
    const { record, warnings, table } = desk();
    await record(hard(1, { bounceSubType: "NewerThanWe" }));
    expect(warnings).toEqual([
      [
        "feedback of an unknown subtype",
        {
          kind: "bounce",
          id: "report-1",
          sesMessageId: "mail-1",
          type: "Permanent",
          subType: "NewerThanWe",
          reason: "userUnknown",
        },
      ],
    ]);
    expect(await table.evidence(ADDRESS, "told", 9)).toHaveLength(1);
    expect(await table.get(ADDRESS)).toBeUndefined();
  });

  test("a complaint about a virus, and one of a new subtype", async () => {
    const { record, warnings } = desk();
    const mail = { ...complaint(1).mail, messageId: null };
    await record(complaint(1, { feedbackType: "virus" }));
    await record(complaint(2, { feedbackType: null, complaintSubType: "NewerThanWe", mail }));
    expect(warnings).toEqual([
      [
        "feedback that concerns operators",
        { kind: "complaint", id: "report-1", sesMessageId: "mail-1", type: "virus", subType: undefined },
      ],
      [
        "feedback of an unknown subtype",
        { kind: "complaint", id: "report-2", sesMessageId: undefined, type: undefined, subType: "NewerThanWe" },
      ],
    ]);
  });

  test("nothing of what is common, or can be forged", async () => {
    const { record, warnings } = desk();
    await record(hard(1));
    await record(hard(2, { bounceSubType: "NewerThanWe", trusted: false }));
    expect(warnings).toEqual([]);
  });
});

describe("when all evidence had its time and was deleted", () => {
  test("the state is cleared, and kept for its version", async () => {
    const { record, table } = desk();
    const old: Suppression = {
      address: ADDRESS,
      spelling: ADDRESS,
      reason: "repeatedBounces",
      since: day(-500),
      expiresAt: day(-410),
      suspect: false,
      probation: false,
      counts: { permanent: 0, transient: 5, undetermined: 0, complaints: 0 },
      version: 1,
    };
    await table.put(old);
    const cleared = { ...old, reason: null, since: null, expiresAt: null, counts: { ...old.counts, transient: 0 } };
    expect(await record(delivered(1))).toMatchObject({ before: old, after: { ...cleared, version: 2 } });
    expect(await record(delivered(2))).toMatchObject({ after: { version: 2 } });
  });
});

describe("handlers at once", () => {
  test("one that writes what it had read before another added evidence, and found nothing to change, puts it right", async () => {
    const memory = memorySuppressionTable();
    const writing = Promise.withResolvers<void>();
    const mayWrite = Promise.withResolvers<void>();
    const slow: SuppressionTable = {
      ...memory,
      async put(state) {
        writing.resolve();
        await mayWrite.promise;
        return memory.put(state);
      },
    };
    // Leaves a state that counts nothing, which is also what the last delivery leaves of the bounce before it.
    await desk(memory).record(soft(0));
    await desk(memory).record(delivered(0.5));
    const first = desk(slow).record(soft(1));
    await writing.promise;
    const second = await desk(memory).record(delivered(2));
    expect(second).toMatchObject({ after: { counts: { transient: 0 }, version: 2 } });
    mayWrite.resolve();
    await first;
    expect(await memory.get(ADDRESS)).toMatchObject({ counts: { transient: 0 } });
  });

  test("when others write all the time it gives up, and is to be tried again; the evidence is there", async () => {
    const memory = memorySuppressionTable();
    const contended: SuppressionTable = { ...memory, put: async () => false };
    const failed = await desk(contended)
      .record(hard(1))
      .catch((error: unknown) => error);
    expect(errorCode(failed)).toBe("SUPPRESSION_CONTENTION");
    expect(failed).toMatchObject({ name: "SuppressionContentionError", retry: "retry" });
    expect(String(failed)).not.toContain(ADDRESS);
    const kept: readonly Evidence[] = await memory.evidence(ADDRESS, "decisive", 9);
    expect(kept).toHaveLength(1);
    expect(await desk(memory).record(hard(1))).toMatchObject({ after: { reason: "bounce" } });
  });
});

describe("floods", () => {
  test("no number of bounces hides a complaint, or that a person lifted it", async () => {
    const { record, table } = desk(undefined, day(900));
    await record(complaint(1));
    for (let n = 2; n < 302; n++) await record(hard(n));
    expect(await table.get(ADDRESS)).toMatchObject({ reason: "complaint", since: day(1) });
  });
});
