import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MailClaimedError } from "../../shared/errors.ts";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { memorySuppressionTable } from "../support/memory-suppression-table.ts";
import { createDesk, LEASE_MS } from "./desk.ts";
import { createDeath, type Death } from "./killed.ts";
import { WINDOW } from "./matrix.ts";
import { SCENARIOS } from "./scenarios.ts";

/** A run: which announcement it gets, and after how many port calls it dies, if it does. */
const run = fc.record({
  arrival: fc.nat(1),
  dies: fc.option(fc.integer({ min: 1, max: 6 }), { nil: Number.POSITIVE_INFINITY, freq: 2 }),
});

test.each(SCENARIOS.filter(({ name }) => /two receipt rules|S3 and SES/.test(name)))(
  "$name: at once, in any order of all port calls, some runs dying: each alert goes out, and twice only by the window",
  async (scenario) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(run, { minLength: 2, maxLength: 5 }), async (scheduler, runs) => {
        const keeping = { mailLog: memoryMailLog(), suppressionTable: memorySuppressionTable() };
        const desk = createDesk(scenario, randomUUID(), keeping);
        const deaths: Death[] = [];
        const all = runs.map(async ({ arrival, dies }) => {
          const death = createDeath(dies);
          deaths.push(death);
          await desk.deliver(chosen(desk.arrivals, arrival), { death, atOnce: true, scheduler }).catch(expected(death));
        });
        await scheduler.waitFor(Promise.all(all));
        // Whatever has failed comes again.
        for (let round = 0; round < 2; round++) {
          desk.advance(LEASE_MS);
          const death = createDeath(Number.POSITIVE_INFINITY);
          for (const arrival of desk.arrivals) await desk.deliver(arrival, { death });
        }
        const most = 1 + deaths.filter(diedInWindow).length;
        for (const count of Object.values(desk.counts())) {
          expect(count).toBeGreaterThanOrEqual(1);
          expect(count).toBeLessThanOrEqual(most);
        }
        const entry = await desk.entry();
        expect([entry?.settled, entry?.lease, entry?.record?.outcome]).toEqual([true, null, "processed"]);
        expect(entry?.record?.actions.map(({ status }) => status)).toEqual(scenario.alerts.map(() => "done"));
      }),
      { numRuns: 150 },
    );
  },
);

function chosen(arrivals: readonly Arrival[], pick: number): Arrival {
  const arrival = arrivals[pick % arrivals.length];
  if (arrival === undefined) throw new Error("a mail that nothing announces");
  return arrival;
}

/** Alerts went out, and the run died before that was marked. */
function diedInWindow({ isDead, calls }: Death): boolean {
  return isDead && calls.lastIndexOf(WINDOW) > calls.lastIndexOf("mailLog.put");
}

/** A run may die, and may find that another holds the mail. */
function expected(death: Death): (error: unknown) => void {
  return (error) => {
    if (!(death.isDead || error instanceof MailClaimedError)) throw error;
  };
}
