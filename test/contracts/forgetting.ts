import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import type { SuppressionTable } from "../../shared/ports.ts";
import { createChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { findKnown, forgetSuppression } from "../../shared/suppression/forget-suppression.ts";
import { findSuppression, isForGood } from "../../shared/suppression/forgotten.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { arbitraryFeedback } from "../support/arbitrary-feedback.ts";
import { complaint, day, hard, soft } from "../support/evidence.ts";
import { aroundCalls, scheduled } from "../support/scheduled-ports.ts";
import type { SuppressionTableHarness } from "./suppression-table.ts";

interface DumpedTableHarness extends SuppressionTableHarness {
  /** Everything that lies in the table, as it lies there. */
  dump(): Promise<unknown> | unknown;
}

const ADDRESS = "jane@partner.example";
const ports = (table: SuppressionTable) => ({
  table,
  clock: { now: () => day(50) },
  policy: DEFAULT_POLICY,
  log: SILENT_LOG,
  newSalt: () => "a salt of the tests",
  waitUntil: async () => {},
});

const forget = (table: SuppressionTable) => forgetSuppression(ADDRESS, ports(table));

const LONG = 60_000;

/** Forgetting, whatever handlers do meanwhile, and wherever it ends. */
export function forgettingContract(name: string, startEmpty: () => Promise<DumpedTableHarness>, runs: number): void {
  const reports = fc.array(arbitraryFeedback([ADDRESS]), { minLength: 1, maxLength: 6 });

  async function withTable(use: (harness: DumpedTableHarness) => Promise<void>): Promise<void> {
    const harness = await startEmpty();
    try {
      await use(harness);
    } finally {
      await harness.close();
    }
  }

  describe(`forgetting an address: ${name}`, () => {
    test("nothing in the table has its name, and it stays suppressed", async () => {
      const harness = await startEmpty();
      onTestFinished(harness.close);
      const { table, dump } = harness;
      const record = createRecordFeedback(ports(table));
      for (const report of [hard(1), soft(2), complaint(3), hard(4, { trusted: false })]) await record(report);
      expect(await forget(table)).toBe(4);
      expect(JSON.stringify(await dump()).toLowerCase()).not.toContain("jane");
      expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "complaint", since: day(3), spelling: "" });
    });

    test(
      "while reports come in: who was suppressed for good is at every end, and once more forgetting leaves no name",
      async () => {
        await fc.assert(
          fc.asyncProperty(reports, fc.scheduler(), (meanwhile, scheduler) =>
            withTable(async ({ table, dump }) => {
              await createRecordFeedback(ports(table))(hard(0));
              const record = createRecordFeedback(ports(scheduled("table", table, scheduler)));
              await scheduler.waitFor(
                Promise.all([
                  forget(scheduled("table", table, scheduler)),
                  ...meanwhile.map((report: Feedback) => record(report)),
                ]),
              );
              expect(isForGood(await findSuppression(ADDRESS, table))).toBe(true);
              await forget(table);
              expect(isForGood(await findSuppression(ADDRESS, table))).toBe(true);
              expect(JSON.stringify(await dump()).toLowerCase()).not.toContain("jane");
            }),
          ),
          { numRuns: runs },
        );
      },
      LONG,
    );

    test(
      "whoever asks meanwhile finds it suppressed at every moment",
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), (scheduler) =>
            withTable(async ({ table }) => {
              const record = createRecordFeedback(ports(table));
              for (const report of [hard(0), soft(1), complaint(2)]) await record(report);
              const asked = Array.from({ length: 8 }, () =>
                findSuppression(ADDRESS, scheduled("table", table, scheduler)),
              );
              await scheduler.waitFor(Promise.all([forget(scheduled("table", table, scheduler)), ...asked]));
              for (const answer of await Promise.all(asked)) expect(isForGood(answer)).toBe(true);
            }),
          ),
          { numRuns: runs },
        );
      },
      LONG,
    );

    test(
      "a report that comes meanwhile is never lost: the first to suppress the address does",
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), (scheduler) =>
            withTable(async ({ table }) => {
              await createRecordFeedback(ports(table))(soft(0));
              const record = createRecordFeedback(ports(scheduled("table", table, scheduler)));
              await scheduler.waitFor(Promise.all([forget(scheduled("table", table, scheduler)), record(hard(1))]));
              expect(await findSuppression(ADDRESS, table)).toMatchObject({ reason: "bounce", since: day(1) });
            }),
          ),
          { numRuns: runs },
        );
      },
      LONG,
    );

    test("killed after any call and done again: suppressed at every end, and then no name is left", async () => {
      for (let calls = 0, ended = false; !ended; calls++) {
        await withTable(async ({ table, dump }) => {
          const record = createRecordFeedback(ports(table));
          for (const report of [hard(1), soft(2), complaint(3)]) await record(report);
          ended = await forget(dying(table, calls)).then(
            () => true,
            () => false,
          );
          expect(isForGood(await findSuppression(ADDRESS, table))).toBe(true);
          await forget(table);
          expect(isForGood(await findSuppression(ADDRESS, table))).toBe(true);
          expect(JSON.stringify(await dump()).toLowerCase()).not.toContain("jane");
        });
      }
    });

    test("killed after any call and done again: who was lifted by a person stays so", async () => {
      const act = { address: ADDRESS, who: "ana", why: "asked" };
      for (let calls = 0, ended = false; !ended; calls++) {
        await withTable(async ({ table }) => {
          await createRecordFeedback(ports(table))(hard(1));
          await createChangeSuppression(ports(table)).remove(act);
          ended = await forget(dying(table, calls)).then(
            () => true,
            () => false,
          );
          await forget(table);
          expect((await findSuppression(ADDRESS, table))?.reason ?? null).toBeNull();
          expect(await findKnown(ADDRESS, table)).toEqual({ state: undefined, forgotten: undefined, evidence: [] });
        });
      }
    });
  });
}

/** The same table, whose user dies after so many calls. */
function dying(table: SuppressionTable, calls: number): SuppressionTable {
  let left = calls;
  return aroundCalls("table", table, async (call, make) => {
    if (left-- <= 0) throw new Error(`killed before ${call}`);
    return make();
  });
}
