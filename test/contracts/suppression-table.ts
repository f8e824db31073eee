import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SuppressionFilter, SuppressionTable } from "../../shared/ports.ts";
import { anyText } from "../support/arbitrary-alerts.ts";
import { collect } from "../support/collect.ts";
import { bounceOf } from "../support/feedback.ts";
import { evidenceOf, suppressionOf } from "../support/suppressions.ts";

export interface SuppressionTableHarness {
  readonly table: SuppressionTable;
  close(): Promise<void> | void;
}

const address = "gone@partner.example";

/** What every suppression table does. `startEmpty` gives one without entries. */
export function suppressionTableContract(name: string, startEmpty: () => Promise<SuppressionTableHarness>): void {
  async function emptyTable(): Promise<SuppressionTable> {
    const { table, close } = await startEmpty();
    onTestFinished(close);
    return table;
  }

  async function listed(table: SuppressionTable, filter?: SuppressionFilter): Promise<string[]> {
    return (await collect(table.list(filter))).map((state) => state.address);
  }

  describe(`the states of a suppression table: ${name}`, () => {
    test("nothing is known of an address that was never written", async () => {
      expect(await (await emptyTable()).get(address)).toBeUndefined();
    });

    test("a state is given back as it was written", async () => {
      const table = await emptyTable();
      expect(await table.put(suppressionOf())).toBe(true);
      expect(await table.get(address)).toEqual(suppressionOf());
    });

    test("each version follows the one before, and takes its place", async () => {
      const table = await emptyTable();
      const second = suppressionOf({ version: 2, reason: null, since: null, probation: true });
      expect([await table.put(suppressionOf()), await table.put(second)]).toEqual([true, true]);
      expect(await table.get(address)).toEqual(second);
    });

    test.each([
      ["the first, when there is one", 1, [1]],
      ["one that was overtaken", 2, [1, 2]],
      ["one that has none before it", 2, []],
      ["one that leaves one out", 3, [1]],
    ])("nothing is written of a version that does not follow: %s", async (_title, version, before) => {
      const table = await emptyTable();
      for (const earlier of before) await table.put(suppressionOf({ version: earlier }));
      const held = await table.get(address);
      expect(await table.put(suppressionOf({ version, reason: "complaint" }))).toBe(false);
      expect(await table.get(address)).toEqual(held);
    });

    test("of two that write the same version at once, one is told that the other was there", async () => {
      const table = await emptyTable();
      const [bounce, complaint] = [suppressionOf(), suppressionOf({ reason: "complaint" })];
      const written = await Promise.all([table.put(bounce), table.put(complaint)]);
      expect([...written].sort()).toEqual([false, true]);
      expect(await table.get(address)).toEqual(written[0] ? bounce : complaint);
    });

    test("addresses are kept apart, however much they look like each other", async () => {
      const table = await emptyTable();
      const addresses = [
        "a@b.example",
        "a@b.example#state",
        "a",
        "evidence#soft#",
        "a@b.exampl",
        "ä@b.example",
        "'; --",
      ];
      for (const [at, each] of addresses.entries())
        await table.put(suppressionOf({ address: each, spelling: String(at) }));
      for (const [at, each] of addresses.entries()) expect((await table.get(each))?.spelling).toBe(String(at));
    });

    test("what a caller does to a state afterwards changes nothing", async () => {
      const table = await emptyTable();
      const state = structuredClone(suppressionOf());
      await table.put(state);
      Object.assign(state, { reason: null });
      Object.assign((await table.get(address)) ?? {}, { reason: null });
      expect(await table.get(address)).toEqual(suppressionOf());
    });
  });

  describe(`the list of a suppression table: ${name}`, () => {
    const times = ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z", "2026-11-03T00:00:00.000Z"] as const;

    async function filled(): Promise<SuppressionTable> {
      const table = await emptyTable();
      const [first, second, third] = times;
      await table.put(suppressionOf({ address: "b3", since: third }));
      await table.put(suppressionOf({ address: "b1b", since: first }));
      await table.put(suppressionOf({ address: "b1a", since: first }));
      await table.put(suppressionOf({ address: "m2", reason: "mailboxFull", since: second, expiresAt: third }));
      await table.put(suppressionOf({ address: "c2", reason: "complaint", since: second }));
      await table.put(suppressionOf({ address: "free", reason: null, since: null }));
      return table;
    }

    test("has the suppressed addresses, by the weight of their reasons, by time, by address", async () => {
      expect(await listed(await filled())).toEqual(["c2", "b1a", "b1b", "b3", "m2"]);
    });

    test.each<[filter: SuppressionFilter, addresses: string[]]>([
      [{ reason: "bounce" }, ["b1a", "b1b", "b3"]],
      [{ reason: "manual" }, []],
      [{ since: times[1] }, ["c2", "b3", "m2"]],
      [{ reason: "bounce", since: times[0] }, ["b1a", "b1b", "b3"]],
      [{ reason: "bounce", since: times[2] }, ["b3"]],
    ])("%o: %o", async (filter, addresses) => {
      expect(await listed(await filled(), filter)).toEqual(addresses);
    });

    test("an address whose reason changes, or that is lifted, moves", async () => {
      const table = await filled();
      await table.put(suppressionOf({ address: "b3", reason: "complaint", since: times[0], version: 2 }));
      await table.put(suppressionOf({ address: "m2", reason: null, since: null, version: 2 }));
      expect(await listed(table)).toEqual(["b3", "c2", "b1a", "b1b"]);
    });

    test("has addresses of one time in the order of their bytes, beyond the basic plane too", async () => {
      const table = await emptyTable();
      const addresses = ["a@partner.example", "ｶﾅ@partner.example", "𠮷田@partner.example"];
      for (const each of addresses.toReversed()) await table.put(suppressionOf({ address: each }));
      expect(await listed(table)).toEqual(addresses);
    });

    test("gives the states whole", async () => {
      const [first] = await collect((await filled()).list({ reason: "mailboxFull" }));
      expect(first).toEqual(
        suppressionOf({ address: "m2", reason: "mailboxFull", since: times[1], expiresAt: times[2] }),
      );
    });

    test("is as long as it must be: several pages, each address once", async () => {
      const table = await emptyTable();
      const spelling = "x".repeat(1500);
      const addresses = Array.from({ length: 1200 }, (_, at) => `${String(at).padStart(5, "0")}@partner.example`);
      for (let at = 0; at < addresses.length; at += 100) {
        const some = addresses.slice(at, at + 100);
        await Promise.all(some.map((each) => table.put(suppressionOf({ address: each, spelling }))));
      }
      expect(await listed(table)).toEqual(addresses);
    });
  });

  describe(`the evidence of a suppression table: ${name}`, () => {
    test("is given back as it was added, the newest first, undated last", async () => {
      const table = await emptyTable();
      const dated = ["2026-11-02T00:00:00.000Z", null, "2026-11-03T00:00:00.000Z", "2026-11-01T00:00:00.000Z"];
      const items = dated.map((at) => evidenceOf({ at, feedback: bounceOf({ at }) }));
      for (const item of items) await table.addEvidence(item);
      expect(await table.evidence(address, "decisive", 10)).toEqual([items[2], items[0], items[3], items[1]]);
    });

    test("is as much as was asked for", async () => {
      const table = await emptyTable();
      for (const id of ["1", "2", "3"]) await table.addEvidence(evidenceOf({ id }));
      expect((await table.evidence(address, "decisive", 2)).map(({ id }) => id)).toEqual(["3", "2"]);
    });

    test("of one time is in the order of its ids' bytes, the last first", async () => {
      const table = await emptyTable();
      for (const id of ["𠮷", "a", "ｶ", "#"]) await table.addEvidence(evidenceOf({ id }));
      expect((await table.evidence(address, "decisive", 10)).map(({ id }) => id)).toEqual(["𠮷", "ｶ", "a", "#"]);
    });

    test("is as much as was asked for, however large: DynamoDB answers with a megabyte at most", async () => {
      const table = await emptyTable();
      const feedback = bounceOf({ diagnosticCode: "x".repeat(50_000) });
      const ids = Array.from({ length: 50 }, (_, at) => String(100 + at));
      for (const id of ids) await table.addEvidence(evidenceOf({ id, feedback }));
      const newest = ids.toReversed();
      for (const limit of [200, 45])
        expect((await table.evidence(address, "decisive", limit)).map(({ id }) => id)).toEqual(newest.slice(0, limit));
    });

    test("that is there already stays as it is", async () => {
      const table = await emptyTable();
      await table.addEvidence(evidenceOf());
      await table.addEvidence(
        evidenceOf({ recordedAt: "2026-12-01T00:00:00.000Z", keepUntil: "2026-12-31T00:00:00.000Z" }),
      );
      expect(await table.evidence(address, "decisive", 10)).toEqual([evidenceOf()]);
    });

    test.each([
      { id: "another" },
      { at: "2026-11-21T07:41:19.001Z" },
      { at: null },
      { shelf: "soft" as const },
      { address: "gone@partner.example.org" },
    ])("trap 1.11, evidence that differs in %o is another", async (difference) => {
      const table = await emptyTable();
      const other = evidenceOf(difference);
      for (const item of [evidenceOf(), other]) await table.addEvidence(item);
      expect(await table.evidence(other.address, other.shelf, 10)).toContainEqual(other);
      expect(await table.evidence(address, "decisive", 10)).toContainEqual(evidenceOf());
    });

    test.each(["another", "told#x", ""])(
      "ids that are part of each other, or nothing, are kept apart: %o",
      async (id) => {
        const table = await emptyTable();
        for (const each of [id, `${id}#`, `${id}1`]) await table.addEvidence(evidenceOf({ id: each, shelf: "told" }));
        expect(await table.evidence(address, "told", 10)).toHaveLength(3);
        expect(await table.evidence(address, "soft", 10)).toEqual([]);
      },
    );

    test("long ids of one beginning are kept apart", async () => {
      const table = await emptyTable();
      for (const end of ["a", "b"]) await table.addEvidence(evidenceOf({ id: `${"障".repeat(2000)}${end}` }));
      expect(await table.evidence(address, "decisive", 10)).toHaveLength(2);
    });

    test("ids that differ in half a character are kept apart", async () => {
      const table = await emptyTable();
      for (const id of ["\ud83d", "\ud83e", "\ufffd"]) await table.addEvidence(evidenceOf({ id }));
      expect((await table.evidence(address, "decisive", 10)).map(({ id }) => id).sort()).toEqual([
        "\ud83d",
        "\ud83e",
        "\ufffd",
      ]);
    });

    test("what a caller does to it afterwards changes nothing", async () => {
      const table = await emptyTable();
      const item = structuredClone(evidenceOf());
      await table.addEvidence(item);
      Object.assign(item, { spelling: "changed" });
      Object.assign(item.feedback, { reason: "filtered" });
      for (const given of await table.evidence(address, "decisive", 10)) Object.assign(given, { spelling: "changed" });
      expect(await table.evidence(address, "decisive", 10)).toEqual([evidenceOf()]);
    });

    test("is not in the way of the state, nor the state in its", async () => {
      const table = await emptyTable();
      await table.addEvidence(evidenceOf());
      expect([await table.get(address), await listed(table)]).toEqual([undefined, []]);
      await table.put(suppressionOf());
      expect(await table.evidence(address, "decisive", 10)).toEqual([evidenceOf()]);
    });

    test("holds any text", async () => {
      const table = await emptyTable();
      let run = 0;
      await fc.assert(
        fc.asyncProperty(anyText, anyText, async (id, diagnosticCode) => {
          const each = `${++run}@partner.example`;
          const item = evidenceOf({ address: each, id: `id ${id}`, feedback: bounceOf({ diagnosticCode }) });
          await table.addEvidence(item);
          expect(await table.evidence(each, "decisive", 1)).toEqual([item]);
          const state = suppressionOf({ address: each, spelling: diagnosticCode });
          await table.put(state);
          expect(await table.get(each)).toEqual(state);
        }),
        { numRuns: 30 },
      );
    });
  });

  describe(`what is taken away from a suppression table: ${name}`, () => {
    test("evidence: that item, and no other", async () => {
      const table = await emptyTable();
      const others = [
        evidenceOf({ id: "other" }),
        evidenceOf({ at: null }),
        evidenceOf({ shelf: "soft" }),
        evidenceOf({ address: "other@partner.example" }),
      ];
      for (const item of [evidenceOf(), ...others]) await table.addEvidence(item);
      await table.removeEvidence(evidenceOf());
      const left = [
        ...(await table.evidence(address, "decisive", 10)),
        ...(await table.evidence(address, "soft", 10)),
        ...(await table.evidence("other@partner.example", "decisive", 10)),
      ];
      expect(left).toEqual(others);
    });

    test.each(["障".repeat(2000), "\ud83d", "a#b"])("evidence by the id that its key stands for: %#", async (id) => {
      const table = await emptyTable();
      await table.addEvidence(evidenceOf({ id }));
      await table.removeEvidence(evidenceOf({ id }));
      expect(await table.evidence(address, "decisive", 10)).toEqual([]);
    });

    test("evidence and states that are not there: no error", async () => {
      const table = await emptyTable();
      await table.removeEvidence(evidenceOf());
      expect(await table.removeState(suppressionOf())).toBe(false);
    });

    test("a state: neither found nor listed any more, and the first version may come again", async () => {
      const table = await emptyTable();
      await table.put(suppressionOf());
      expect(await table.removeState(suppressionOf())).toBe(true);
      expect([await table.get(address), await listed(table)]).toEqual([undefined, []]);
      expect(await table.put(suppressionOf())).toBe(true);
    });

    test("a state that another writing overtook stays", async () => {
      const table = await emptyTable();
      const second = suppressionOf({ version: 2, reason: "complaint" });
      for (const state of [suppressionOf(), second]) await table.put(state);
      expect(await table.removeState(suppressionOf())).toBe(false);
      expect(await table.get(address)).toEqual(second);
    });

    test("as much evidence as there is can be asked for", async () => {
      const table = await emptyTable();
      for (const id of ["1", "2", "3"]) await table.addEvidence(evidenceOf({ id }));
      expect(await table.evidence(address, "decisive", 1_000_000)).toHaveLength(3);
    });
  });

  describe(`the salt of a suppression table: ${name}`, () => {
    const now = "2026-11-24T09:00:00.000Z";

    test("there is none before one is kept; then it is that one for good", async () => {
      const table = await emptyTable();
      expect(await table.salt()).toBeUndefined();
      expect(await table.keepSalt("first", now)).toMatchObject({ salt: "first" });
      expect(await table.keepSalt("second", now)).toMatchObject({ salt: "first" });
      expect(await table.salt()).toBe("first");
    });

    test("of two that are kept at once, both are told the same", async () => {
      const table = await emptyTable();
      const [one, other] = await Promise.all([table.keepSalt("one", now), table.keepSalt("other", now)]);
      expect([one.salt, await table.salt()]).toEqual([other.salt, other.salt]);
    });

    test("is neither a state nor in the list", async () => {
      const table = await emptyTable();
      await table.keepSalt("salt", now);
      expect([await table.get("forgotten"), await listed(table)]).toEqual([undefined, []]);
    });
  });
}
