import { randomUUID } from "node:crypto";
import { MailClaimedError } from "../../shared/errors.ts";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import { createDesk, type Desk, type Keeping, LEASE_MS } from "./desk.ts";
import { createDeath, type Hurt } from "./killed.ts";
import type { Scenario } from "./scenarios.ts";

export const REDELIVERIES = [1, 2, 3, 4, 5] as const;
export const WAYS = ["one after the other", "at once"] as const;
export type Way = (typeof WAYS)[number];

/** What came of one mail whose first run was killed. */
export interface Trial {
  readonly killedAfter: string;
  readonly outcome: string | undefined;
  readonly settled: boolean | undefined;
  /** How often each alert was published. */
  readonly counts: Readonly<Record<string, number>>;
  /** By how many ids a subscriber knows the alerts that were published. */
  readonly ids: number;
  /** Alerts that nothing called for. */
  readonly strange: number;
  readonly suppressed: boolean;
}

/** The port calls of a delivery that nothing kills: the points at which one can be. What only the first mail of a log calls is made before. */
export async function killPoints(scenario: Scenario, keeping: Keeping): Promise<readonly string[]> {
  const first = createDesk(scenario, randomUUID(), keeping);
  for (const arrival of first.arrivals) await deliverAgain(first, arrival, false);
  const desk = createDesk(scenario, randomUUID(), keeping);
  const death = createDeath(Number.POSITIVE_INFINITY);
  for (const arrival of desk.arrivals) await desk.deliver(arrival, { death });
  return death.calls;
}

/** Delivers a mail whose run dies after the nth port call, or gets no answer to it, and again so many times once its lease has ended. */
export async function tryDeath(
  scenario: Scenario,
  keeping: Keeping,
  {
    point,
    hurt,
    redeliveries,
    way,
  }: {
    readonly point: number;
    readonly hurt: Hurt;
    readonly redeliveries: number;
    readonly way: Way;
  },
): Promise<Trial> {
  const id = randomUUID();
  const desk = createDesk(scenario, id, keeping);
  const killedAfter = await firstDelivery(desk, point, hurt);
  desk.advance(LEASE_MS);
  const again = Array.from({ length: redeliveries }, () => desk.arrivals);
  if (way === "at once") await Promise.all(again.flat().map((arrival) => deliverAgain(desk, arrival, true)));
  else for (const arrival of again.flat()) await deliverAgain(desk, arrival, false);
  return trialOf(desk, scenario, id, killedAfter);
}

/** What has come of a mail by now. */
export async function trialOf(desk: Desk, scenario: Scenario, id: string, killedAfter: string): Promise<Trial> {
  const entry = await desk.entry();
  const address = scenario.suppressed?.(id);
  return {
    killedAfter,
    outcome: entry?.record?.outcome,
    settled: entry?.settled,
    counts: desk.counts(),
    ids: new Set(desk.ids()).size,
    strange: desk.total() - Object.values(desk.counts()).reduce((sum, count) => sum + count, 0),
    suppressed: address === undefined || (await desk.suppression(address))?.reason === "bounce",
  };
}

/** Each announcement has a run of its own; the one that makes the fatal call dies of it, the others live. */
export async function firstDelivery(desk: Desk, point: number, hurt: Hurt): Promise<string> {
  let made = 0;
  let killedAfter = "";
  for (const arrival of desk.arrivals) {
    const death = createDeath(killedAfter === "" ? point - made : Number.POSITIVE_INFINITY, hurt);
    await desk.deliver(arrival, { death }).catch((error: unknown) => {
      if (death.hitAt === undefined && !(error instanceof MailClaimedError)) throw error;
    });
    made += death.calls.length;
    killedAfter = death.hitAt ?? killedAfter;
  }
  return killedAfter;
}

/** One that finds the mail held fails, and would be delivered yet again. */
export async function deliverAgain(desk: Desk, arrival: Arrival, atOnce: boolean): Promise<void> {
  await unlessClaimed(desk.deliver(arrival, { death: createDeath(Number.POSITIVE_INFINITY), atOnce }));
}

/** The same of a person who replays the mail. */
export async function replayAgain(desk: Desk, atOnce: boolean): Promise<void> {
  await unlessClaimed(desk.replay({ death: createDeath(Number.POSITIVE_INFINITY), atOnce }));
}

async function unlessClaimed(run: Promise<void>): Promise<void> {
  await run.catch((error: unknown) => {
    if (!(error instanceof MailClaimedError)) throw error;
  });
}
