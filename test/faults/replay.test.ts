import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createDesk, type Keeping, LEASE_MS } from "./desk.ts";
import { KEEPINGS } from "./keepings.ts";
import { createDeath } from "./killed.ts";
import { wrongWith } from "./matrix.ts";
import { deliverAgain, firstDelivery, killPoints, replayAgain, trialOf } from "./redeliver.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

// A person replays what runs have missed, while runs go on.
vi.setConfig({ testTimeout: 120_000 });

const STORED = SCENARIOS.filter(({ stored }) => stored("id") !== undefined);

describe.each(KEEPINGS)("replaying mails of a deployment, with the mail log in $name", ({ open }) => {
  let keeping: Keeping & { close(): Promise<void> | void };
  beforeAll(async () => {
    keeping = await open();
  });
  afterAll(() => keeping.close());

  test.each(STORED)(
    "$name: whatever call its first run died after, replays do the rest, each alert once but for the one window",
    async (scenario) => {
      for (const point of (await killPoints(scenario, keeping)).keys()) {
        const id = randomUUID();
        const desk = createDesk(scenario, id, keeping);
        const killedAfter = await firstDelivery(desk, point + 1, "kills");
        desk.advance(LEASE_MS);
        // What a further announcement said that died before it came to the log, no replay can know: it is delivered again.
        const further = desk.arrivals.slice(1);
        const delivered = further.map((arrival) => deliverAgain(desk, arrival, true));
        await Promise.all([replayAgain(desk, true), replayAgain(desk, true), ...delivered]);
        await replayAgain(desk, false);
        const wrong = wrongWith(await trialOf(desk, scenario, id, killedAfter));
        // That a mail is settled only process-mail says.
        expect(
          wrong.filter((what) => what !== "the mail is not settled"),
          `killed after call ${point + 1}`,
        ).toEqual([]);
      }
    },
  );

  test.each(STORED)(
    "$name: whatever call a replay died after, the announcement is handled, each alert once but for the one window",
    async (scenario) => {
      for (const point of (await replayPoints(scenario)).keys()) {
        const id = randomUUID();
        const desk = createDesk(scenario, id, keeping);
        const death = createDeath(point + 1);
        await desk.replay({ death }).catch((error: unknown) => {
          if (death.hitAt === undefined) throw error;
        });
        desk.advance(LEASE_MS);
        await Promise.all([
          replayAgain(desk, true),
          ...desk.arrivals.map((arrival) => deliverAgain(desk, arrival, true)),
        ]);
        expect(
          wrongWith(await trialOf(desk, scenario, id, death.hitAt ?? "")),
          `killed after call ${point + 1}`,
        ).toEqual([]);
      }
    },
  );

  async function replayPoints(scenario: Scenario): Promise<readonly string[]> {
    const death = createDeath(Number.POSITIVE_INFINITY);
    await createDesk(scenario, randomUUID(), keeping).replay({ death });
    return death.calls;
  }
});
