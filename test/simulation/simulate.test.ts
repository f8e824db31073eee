import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { simulate } from "../../bench/simulation/simulate.ts";
import { smallScenario } from "./small-scenario.ts";

const rate = fc.record({ perSecond: fc.integer({ min: 1, max: 60 }), atOnce: fc.integer({ min: 2, max: 60 }) });
const patience = fc.double({ min: 0, max: 3, noNaN: true });

const scenario = fc
  .record({
    seed: fc.nat(),
    rate: fc.double({ min: 0, max: 40, noNaN: true }),
    span: fc.integer({ min: 1, max: 400 }),
    alerts: fc.boolean(),
    lambda: fc.record({
      concurrency: fc.integer({ min: 1, max: 60 }),
      scaleUp: rate,
      coldStart: fc.double({ min: 0, max: 5, noNaN: true }),
      idle: fc.integer({ min: 0, max: 100 }),
      warm: fc.integer({ min: 0, max: 20 }),
      waiting: fc.constantFrom("retry", "queue"),
      maxAge: fc.integer({ min: 1, max: 500 }),
    }),
    sns: fc.record({ rate, patience }),
    dynamo: fc.record({ rate, patience, partitions: fc.integer({ min: 1, max: 5 }) }),
  })
  .map(smallScenario);

test("whatever the limits, no mail is lost, and none is twice in the count", () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const outcome = simulate(given);
      const { arrived, done, running, waiting, givenUp, runs, failed, wait, concurrency } = outcome;
      expect(done + running + waiting + givenUp).toBe(arrived);
      expect(runs).toBe(done + failed + running);
      expect(wait.count).toBe(arrived);
      expect(concurrency.peak).toBeLessThanOrEqual(given.lambda.concurrency);
      expect(Math.min(done, running, waiting, givenUp, wait.p50)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});

test("the same scenario has the same outcome, another seed another", () => {
  const given = { rate: 20, span: 300, lambda: { concurrency: 15, waiting: "retry" } } as const;
  const first = simulate(smallScenario(given));
  expect(simulate(smallScenario(given))).toEqual(first);
  expect(simulate(smallScenario({ ...given, seed: 8 }))).not.toEqual(first);
});

test("a limit changes what becomes of mails, and not which mails come", () => {
  const [free, held] = [100, 2].map((concurrency) =>
    simulate(smallScenario({ rate: 10, span: 100, lambda: { concurrency } })),
  );
  expect(held?.arrivals).toEqual(free?.arrivals);
  expect(held?.waiting).toBeGreaterThan(0);
});

describe("limits", () => {
  test("more environments than Lambda makes at once wait until it makes more", () => {
    const scaleUp = { perSecond: 5, atOnce: 10 };
    const { limits, coldStarts, wait } = simulate(smallScenario({ rate: 100, span: 10, lambda: { scaleUp } }));
    expect(limits.scaleUp.metAt).toBeLessThan(1);
    expect(coldStarts).toBeLessThanOrEqual(10 + 5 * 10);
    expect(wait.max).toBeGreaterThan(1);
  });

  test("a cold start delays the alert, an environment that is warm does not", () => {
    const given = { rate: 0.01, span: 10_000, alerts: true };
    const cold = simulate(smallScenario({ ...given, lambda: { coldStart: 5, idle: 0 } }));
    const warm = simulate(smallScenario({ ...given, lambda: { coldStart: 5, idle: 10_000, warm: 10 } }));
    expect(cold.coldStarts).toBe(cold.arrived);
    expect(warm.coldStarts).toBe(0);
    expect(cold.alertLatency.p50 - warm.alertLatency.p50).toBeCloseTo(5, 9);
  });

  test("SNS takes no more than its rate, and what it refuses is tried three times", () => {
    const sns = { rate: { perSecond: 5, atOnce: 5 }, patience: 1 };
    const { publishes, limits, failed, givenUp } = simulate(smallScenario({ rate: 50, span: 400, alerts: true, sns }));
    expect(publishes.total).toBeLessThanOrEqual(5 * 402);
    expect(limits.sns.metAt).toBeLessThan(5);
    expect(failed).toBeGreaterThan(2 * givenUp);
    expect(givenUp).toBeGreaterThan(0);
  });

  test("two partitions take twice what one does", () => {
    const written = [1, 2].map((partitions) => {
      const dynamo = { rate: { perSecond: 10, atOnce: 10 }, patience: 1, partitions };
      return simulate(smallScenario({ rate: 50, span: 200, dynamo })).writeUnits.total / 200;
    });
    expect(written[0]).toBeCloseTo(10, 0);
    expect(written[1]).toBeCloseTo(20, 0);
  });

  test("what is older than Lambda keeps events is given up", () => {
    for (const waiting of ["retry", "queue"] as const) {
      const lambda = { concurrency: 1, waiting, maxAge: 60 };
      const { givenUp, wait } = simulate(smallScenario({ rate: 5, span: 1_000, lambda }));
      expect(givenUp).toBeGreaterThan(0);
      expect(wait.max).toBeLessThan(waiting === "queue" ? 70 : 200);
    }
  });
});
