import { describe, expect, test } from "vitest";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import type { SuppressionTable } from "../../shared/ports.ts";
import { createChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { complaint, day, hard } from "../support/evidence.ts";
import { memorySuppressionTable } from "../support/memory-suppression-table.ts";

const ADDRESS = "jane@partner.example";
const act = { address: " Jane@Partner.example ", who: "ana", why: "she asked by telephone" };

function desk(table: SuppressionTable = memorySuppressionTable(), now = day(50)) {
  const ports = {
    table,
    clock: { now: () => now },
    policy: DEFAULT_POLICY,
    log: SILENT_LOG,
  };
  return { table, change: createChangeSuppression(ports), record: createRecordFeedback(ports) };
}

test("add: suppressed as manual, and kept with who and why", async () => {
  const { change, table } = desk();
  expect(await change.add(act)).toEqual({
    kind: "recorded",
    address: ADDRESS,
    before: undefined,
    after: {
      address: ADDRESS,
      spelling: "Jane@Partner.example",
      reason: "manual",
      since: day(50),
      expiresAt: null,
      suspect: false,
      probation: false,
      counts: { permanent: 0, transient: 0, undetermined: 0, complaints: 0 },
      version: 1,
    },
  });
  expect(await table.evidence(ADDRESS, "person", 9)).toEqual([
    {
      kind: "person",
      address: ADDRESS,
      spelling: "Jane@Partner.example",
      shelf: "person",
      id: expect.stringMatching(/^add-[\da-f]{16}$/),
      at: day(50),
      recordedAt: day(50),
      keepUntil: null,
      act: "add",
      who: "ana",
      why: "she asked by telephone",
      entry: null,
    },
  ]);
});

test.each([
  ["until a time", day(60), day(60)],
  ["for good", null, null],
])("add %s", async (_, expiresAt, expected) => {
  const { change } = desk();
  expect(await change.add({ ...act, expiresAt })).toMatchObject({ after: { reason: "manual", expiresAt: expected } });
});

test.each(["add", "remove"] as const)("%s: what is no address leaves nothing", async (name) => {
  const table = memorySuppressionTable();
  expect(await desk(table).change[name]({ ...act, address: "jane" })).toEqual({ kind: "noAddress" });
  expect(table.dump()).toEqual([[], []]);
});

describe("trap 1.15, no way to un-suppress", () => {
  test("remove lifts a complaint, keeps who and why, and begins a probation", async () => {
    const { change, record, table } = desk();
    await record(complaint(1));
    expect(await change.remove(act)).toMatchObject({
      before: { reason: "complaint" },
      after: { reason: null, probation: true },
    });
    expect(await table.evidence(ADDRESS, "person", 9)).toMatchObject([{ act: "remove", who: "ana", entry: null }]);
    expect(await table.evidence(ADDRESS, "complaint", 9)).toHaveLength(1);
  });

  test("what was told before it stays lifted when it is told again", async () => {
    const { change, record } = desk();
    await record(complaint(1));
    await change.remove(act);
    expect(await record(complaint(1))).toMatchObject({ after: { reason: null } });
  });

  test("the next hard bounce suppresses at once", async () => {
    const table = memorySuppressionTable();
    await desk(table, day(50)).change.remove(act);
    expect(await desk(table, day(52)).record(hard(51))).toMatchObject({
      before: { reason: null, probation: true },
      after: { reason: "bounce", probation: false },
    });
  });

  test("a slow clock does not matter: it comes after all that is known", async () => {
    const table = memorySuppressionTable();
    await desk(table, day(50)).record(hard(49.999));
    expect(await desk(table, day(49)).change.remove(act)).toMatchObject({ after: { reason: null, probation: true } });
  });

  test("what persons do within one millisecond is done one after the other", async () => {
    const { change } = desk();
    await change.add(act);
    expect(await change.remove(act)).toMatchObject({ after: { reason: null } });
    expect(await change.add(act)).toMatchObject({ after: { reason: "manual" } });
    expect(await change.remove(act)).toMatchObject({ after: { reason: null } });
  });
});

describe("import", () => {
  const entry = { reason: "bounce", since: day(-300), expiresAt: null } as const;

  test.each([
    ["for good", entry],
    ["with an end", { reason: "emailValidation", since: day(-9), expiresAt: day(81) }],
    ["that is over", { reason: "mailboxFull", since: day(-99), expiresAt: day(-9) }],
  ] as const)("an entry %s is taken over as it is", async (_, given) => {
    const { change } = desk();
    expect(await change.import({ ...act, ...given, spelling: "JANE@partner.example" })).toMatchObject({
      after: { ...given, spelling: "JANE@partner.example" },
    });
  });

  test("without a spelling of its own, that of the address is kept", async () => {
    expect(await desk().change.import({ ...act, ...entry })).toMatchObject({
      after: { spelling: "Jane@Partner.example" },
    });
  });

  test("what is no address leaves nothing", async () => {
    expect(await desk().change.import({ ...act, ...entry, address: "@" })).toEqual({ kind: "noAddress" });
  });

  test("the same again, by whomever, adds nothing", async () => {
    const table = memorySuppressionTable();
    await desk(table).change.import({ ...act, ...entry });
    const once = table.dump();
    await desk(table, day(51)).change.import({ ...act, ...entry, who: "nightly job" });
    expect(table.dump()).toEqual(once);
  });

  test("another entry, or another spelling, is evidence of its own", async () => {
    const { change, table } = desk();
    await change.import({ ...act, ...entry });
    await change.import({ ...act, ...entry, since: day(-200) });
    await change.import({ ...act, ...entry, spelling: "JANE@partner.example" });
    expect(await table.evidence(ADDRESS, "person", 9)).toHaveLength(3);
  });

  test("the same again after a removal counts anew", async () => {
    const { change } = desk();
    await change.import({ ...act, ...entry });
    await change.remove(act);
    const outcome = await change.import({ ...act, ...entry });
    expect(outcome).toMatchObject({ before: { reason: null }, after: entry });
    if (outcome.kind === "recorded") expect(isInForce(outcome.after, day(50))).toBe(true);
  });

  test("it does not end what lasts longer here", async () => {
    const { change, record } = desk();
    await record(hard(1));
    const brief = { reason: "complaint", since: day(2), expiresAt: day(3) } as const;
    expect(await change.import({ ...act, ...brief })).toMatchObject({ after: { reason: "bounce", expiresAt: null } });
  });
});
