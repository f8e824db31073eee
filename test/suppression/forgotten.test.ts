import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import { SuppressionContentionError } from "../../shared/errors.ts";
import type { SuppressionTable } from "../../shared/ports.ts";
import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";
import { createChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { type ForgetSuppressionPorts, forgetSuppression } from "../../shared/suppression/forget-suppression.ts";
import {
  findForgotten,
  findSuppression,
  forgottenKey,
  isForgottenKey,
  keepForgotten,
  liftForgotten,
  longer,
  portableKey,
  randomSalt,
  readPortableKey,
} from "../../shared/suppression/forgotten.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { complaint, day, delivered, hard, notSpam, soft } from "../support/evidence.ts";
import { memorySuppressionTable } from "../support/memory-suppression-table.ts";
import { suppressionOf } from "../support/suppressions.ts";

const ADDRESS = "jane@partner.example";
const act = { address: ADDRESS, who: "ana", why: "asked by telephone" };

function desk() {
  let now = day(50);
  const table = memorySuppressionTable();
  const waits: string[] = [];
  const ports = {
    table,
    clock: { now: () => now },
    policy: DEFAULT_POLICY,
    log: SILENT_LOG,
    newSalt: () => "salt",
    waitUntil: async (time: string) => void waits.push(time),
  };
  return {
    table,
    waits,
    recordIn: (other: SuppressionTable) => createRecordFeedback({ ...ports, table: other }),
    later: (days: number) => {
      now = day(days);
    },
    record: createRecordFeedback(ports),
    change: createChangeSuppression(ports),
    forget: () => forgetSuppression(ADDRESS, ports),
    forgetWith: (more: Partial<ForgetSuppressionPorts>) => forgetSuppression(ADDRESS, { ...ports, ...more }),
    names: () => JSON.stringify(table.dump()).toLowerCase().includes("jane"),
  };
}

describe("the key of a forgotten address", () => {
  test("depends on the address and the salt, and says neither", () => {
    const key = forgottenKey(ADDRESS, "salt");
    expect(key).toMatch(/^forgotten:[\da-f]{64}$/);
    expect(new Set([key, forgottenKey(ADDRESS, "pepper"), forgottenKey("john@partner.example", "salt")]).size).toBe(3);
    expect([isForgottenKey(key), isForgottenKey(ADDRESS)]).toEqual([true, false]);
  });

  test("is no address, so that nobody can be named like it", () => {
    expect(canonicalAddress(forgottenKey(ADDRESS, "salt"))).toBeUndefined();
  });

  test("goes to another table with the salt", () => {
    const salt = randomSalt();
    const key = forgottenKey(ADDRESS, salt);
    expect(readPortableKey(portableKey(key, salt))).toEqual({ key, salt });
    for (const other of [key, ADDRESS, "", "forgotten:"]) expect(readPortableKey(other)).toBeUndefined();
  });
});

describe("of two states", () => {
  const until = (expiresAt: string | null, reason: "bounce" | "complaint" | null = "bounce") =>
    suppressionOf({ reason, expiresAt });

  test.each([
    ["nothing beside nothing", undefined, undefined, undefined],
    ["one alone", until(null), undefined, 0],
    ["the other alone", undefined, until(null), 1],
    ["one that does not suppress gives way", until(null, null), until(day(1)), 1],
    ["the other as well", until(day(1)), until(null, null), 0],
    ["the one that lasts longer", until(day(1)), until(day(2)), 1],
    ["the same the other way round", until(day(2)), until(day(1)), 0],
    ["what never ends", until(day(2)), until(null), 1],
    ["the same the other way round", until(null), until(day(2)), 0],
    ["the heavier reason where both last equally long", until(null), until(null, "complaint"), 1],
    ["the first where nothing tells them apart", until(null), until(null), 0],
  ])("%s", (_title, one, other, expected) => {
    expect(longer(one, other)).toBe(expected === undefined ? undefined : [one, other][expected]);
  });
});

describe("what is kept of a forgotten address", () => {
  test("reason, beginning and end; neither spelling nor evidence", async () => {
    const { record, forget, table, names } = desk();
    await record(hard(1));
    await forget();
    expect(await findSuppression(ADDRESS, table)).toEqual({
      address: forgottenKey(ADDRESS, "salt"),
      spelling: "",
      reason: "bounce",
      since: day(1),
      expiresAt: null,
      suspect: false,
      probation: false,
      counts: { permanent: 0, transient: 0, undetermined: 0, complaints: 0 },
      version: 1,
    });
    expect(names()).toBe(false);
  });

  test("nothing, and no salt, where it is not suppressed", async () => {
    const { record, forget, table } = desk();
    for (const report of [soft(1), delivered(2), hard(3, { trusted: false })]) await record(report);
    expect(await forget()).toBe(3);
    expect(table.dump()).toEqual([[], []]);
    expect(await table.salt()).toBeUndefined();
  });

  test("nothing of a suppression that has ended", async () => {
    const { change, table, forgetWith } = desk();
    await change.add({ ...act, expiresAt: day(60) });
    await forgetWith({ clock: { now: () => day(61) } });
    expect(table.dump()).toEqual([[], []]);
  });

  test("its end, where it has one", async () => {
    const { change, forget, table } = desk();
    await change.add({ ...act, expiresAt: day(60) });
    await forget();
    expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "manual", expiresAt: day(60) });
  });

  test("a suppression that no evidence explains any more, too", async () => {
    const { table, forget } = desk();
    await table.put(suppressionOf({ address: ADDRESS }));
    await forget();
    expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "bounce", spelling: "" });
  });

  test("what evidence says that no handler has judged yet", async () => {
    const { record, table, forget } = desk();
    await record(soft(1));
    await table.addEvidence({ ...(await evidenceOfHardBounce()), address: ADDRESS });
    await forget();
    expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "bounce" });
  });

  test("the longer of what was forgotten before and now", async () => {
    const { change, record, forget, table } = desk();
    await change.add({ ...act, expiresAt: day(60) });
    await forget();
    await record(complaint(51));
    await forget();
    expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "complaint", expiresAt: null, version: 2 });
    await keepForgotten(forgottenKey(ADDRESS, "salt"), { reason: "manual", since: day(1), expiresAt: day(90) }, table);
    expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "complaint", version: 2 });
  });

  async function evidenceOfHardBounce() {
    const { record, table } = desk();
    await record(hard(2));
    const [item] = await table.evidence(ADDRESS, "decisive", 1);
    if (item === undefined) throw new Error("expected evidence");
    return item;
  }
});

test("before anything is removed, every reader knows that somebody was forgotten", async () => {
  const { record, table, forgetWith, waits } = desk();
  await record(hard(1));
  const atThatTime: unknown[] = [];
  await forgetWith({
    table: { ...table, keepSalt: async (salt, now) => ({ ...(await table.keepSalt(salt, now)), knownFrom: day(51) }) },
    waitUntil: async (time) => {
      waits.push(time);
      atThatTime.push((await table.get(ADDRESS))?.reason, (await findForgotten(ADDRESS, table))?.reason);
    },
  });
  expect([waits[0], atThatTime.slice(0, 2)]).toEqual([day(51), ["bounce", "bounce"]]);
});

test("who asks just when somebody is forgotten finds one of the two states", async () => {
  const { record, forget, table } = desk();
  await record(hard(1));
  let isForgotten = false;
  async function thenForget<Answer>(answer: Answer): Promise<Answer> {
    if (!isForgotten) {
      isForgotten = true;
      await forget();
    }
    return answer;
  }
  const asked: SuppressionTable = {
    ...table,
    get: async (address) => thenForget(await table.get(address)),
    salt: async () => thenForget(await table.salt()),
  };
  expect(await findSuppression(ADDRESS, asked)).toMatchObject({ reason: "bounce" });
  expect(isForgotten).toBe(true);
});

test("a handler that writes what it read before all was forgotten brings no name back", async () => {
  const { recordIn, forget, table, names } = desk();
  let writings = 0;
  const late: SuppressionTable = {
    ...table,
    async put(state) {
      writings += 1;
      if (writings === 1) await forget();
      return table.put(state);
    },
  };
  expect(await recordIn(late)(soft(1))).toMatchObject({ kind: "recorded", after: undefined });
  expect(names()).toBe(false);
});

test.each<[call: string, (table: SuppressionTable) => Promise<unknown>]>([
  ["keeping", (table) => keepForgotten("forgotten:key", { reason: "bounce", since: day(1), expiresAt: null }, table)],
  ["lifting", (table) => liftForgotten(ADDRESS, table)],
])("%s gives up where others write all the time", async (_call, call) => {
  const { record, forget, table } = desk();
  await record(hard(1));
  await forget();
  const busy: SuppressionTable = { ...table, put: async () => false, removeState: async () => false };
  await expect(call(busy)).rejects.toThrow(SuppressionContentionError);
});

test("forgetting gives up where others write all the time", async () => {
  const { table, forgetWith, recordIn } = desk();
  let reports = 0;
  const busy: SuppressionTable = {
    ...table,
    async removeEvidence(item) {
      await table.removeEvidence(item);
      reports += 1;
      await recordIn(table)(soft(reports / 1_000));
    },
  };
  await recordIn(table)(soft(0));
  await expect(forgetWith({ table: busy })).rejects.toThrow(SuppressionContentionError);
});

test("where they know already, nobody waits", async () => {
  const { record, forget, waits } = desk();
  await record(hard(1));
  await forget();
  expect(waits).toEqual([]);
});

describe("reports about a forgotten address", () => {
  test("that is suppressed for good: nothing is kept of them, whatever they say", async () => {
    const { record, forget, names } = desk();
    await record(complaint(1));
    await forget();
    for (const report of [hard(51), soft(52), notSpam(53), delivered(54)]) {
      const state = { reason: "complaint", since: day(1) };
      expect(await record(report)).toMatchObject({ kind: "forgotten", before: state, after: state });
    }
    expect(names()).toBe(false);
  });

  test("that is suppressed for a time: they are kept, and the longer suppression counts", async () => {
    const { change, record, forget } = desk();
    await change.add({ ...act, expiresAt: day(60) });
    await forget();
    expect(await record(soft(51))).toMatchObject({ kind: "recorded", after: { reason: "manual", expiresAt: day(60) } });
    expect(await record(hard(52))).toMatchObject({
      before: { reason: "manual" },
      after: { reason: "bounce", expiresAt: null },
    });
  });
});

describe("what persons do about a forgotten address", () => {
  async function forgotten() {
    const opened = desk();
    await opened.record(hard(1));
    await opened.forget();
    return opened;
  }

  test.each(["add", "import"] as const)("%s changes nothing where it is suppressed for good", async (name) => {
    const { change, names } = await forgotten();
    const entry = { reason: "complaint", since: day(2), expiresAt: null } as const;
    expect(await change[name]({ ...act, ...entry })).toMatchObject({
      kind: "forgotten",
      before: { reason: "bounce" },
      after: { reason: "bounce" },
    });
    expect(names()).toBe(false);
  });

  test("remove lifts it; the act is kept in clear, and so is what comes after it", async () => {
    const { change, record, table, later } = await forgotten();
    expect(await change.remove(act)).toMatchObject({
      kind: "recorded",
      before: { reason: "bounce" },
      after: { reason: null, probation: true },
    });
    expect(await findSuppression(ADDRESS, table)).toMatchObject({ address: ADDRESS, reason: null });
    later(70);
    expect(await record(hard(60))).toMatchObject({ kind: "recorded", after: { reason: "bounce" } });
  });
});

test("addresses that were not forgotten are as before", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("janet@partner.example", "jane@partner.example.org", "jane@partners.example"),
      async (other) => {
        const { record, forget, table } = desk();
        await record(hard(1));
        await forget();
        expect(await findSuppression(other, table)).toBeUndefined();
        expect(await record(soft(2, { recipient: other }))).toMatchObject({ kind: "recorded", address: other });
      },
    ),
  );
});
