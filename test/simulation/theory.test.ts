import { describe, expect, test } from "vitest";
import { simulate } from "../../bench/simulation/simulate.ts";
import { smallScenario } from "./small-scenario.ts";

/** The share of mails that find all of `servers` busy (Erlang C), by the recursion of Erlang B, which does not overflow. */
function erlangC(servers: number, load: number): number {
  let blocked = 1;
  for (let many = 1; many <= servers; many++) blocked = (load * blocked) / (many + load * blocked);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

const near = (value: number, expected: number): number => Math.abs(value / expected - 1);

describe("mails at random, runs of exponential length, c at once, in line (M/M/c)", () => {
  test.each([
    { servers: 1, load: 0.5, span: 400_000 },
    { servers: 4, load: 3, span: 150_000 },
    { servers: 10, load: 8, span: 100_000 },
    { servers: 50, load: 45, span: 30_000 },
  ])("$servers at once, $load busy: Erlang's waiting", ({ servers, load, span }) => {
    const outcome = simulate(smallScenario({ rate: load, span, lambda: { concurrency: servers } }));
    const waits = erlangC(servers, load);
    expect(near(outcome.wait.mean, waits / (servers - load))).toBeLessThan(0.04);
    expect(near(outcome.throttled / outcome.arrived, waits)).toBeLessThan(0.03);
    expect(near(outcome.concurrency.mean, load)).toBeLessThan(0.01);
  });

  test("coming again after a time takes longer than standing in line", () => {
    const [queue, retry] = (["queue", "retry"] as const).map((waiting) =>
      simulate(smallScenario({ rate: 8, span: 10_000, lambda: { concurrency: 10, waiting } })),
    );
    expect(retry?.wait.mean).toBeGreaterThan(queue?.wait.mean ?? Number.NaN);
  });
});

describe("Little's law: as many are in the system as arrive in the time that one is in it", () => {
  test.each([
    { name: "no limit", lambda: {} },
    { name: "in line", lambda: { concurrency: 10 } },
    { name: "coming again", lambda: { concurrency: 10, waiting: "retry" } },
    { name: "cold starts", lambda: { coldStart: 1.5, idle: 2 } },
  ] as const)("$name", ({ lambda }) => {
    const { inSystem, arrived, span, timeInSystem } = simulate(smallScenario({ rate: 8, span: 20_000, lambda }));
    expect(near(inSystem.mean, (arrived / span) * timeInSystem.mean)).toBeLessThan(0.005);
  });
});

test("without limits nobody waits, and the number of runs at once is Poisson's", () => {
  const { wait, throttled, concurrency } = simulate(smallScenario({ rate: 100, span: 4_000 }));
  expect([wait.max, throttled]).toEqual([0, 0]);
  expect(near(concurrency.mean, 100)).toBeLessThan(0.01);
  // 99 % of a Poisson distribution around 100 is 124 at most.
  expect(concurrency.p99).toBeGreaterThanOrEqual(122);
  expect(concurrency.p99).toBeLessThanOrEqual(126);
});

test("arrivals are Poisson's: as many as the rate says, and their number in a second has its mean for variance", () => {
  const { arrived, arrivals, span } = simulate(smallScenario({ rate: 50, span: 10_000 }));
  expect(near(arrived / span, 50)).toBeLessThan(0.005);
  // Of 10,000 seconds the fullest is about four standard deviations above the mean.
  expect(arrivals.peak).toBeGreaterThan(50 + 3 * Math.sqrt(50));
  expect(arrivals.peak).toBeLessThan(50 + 6 * Math.sqrt(50));
});
