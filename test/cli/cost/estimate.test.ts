import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimate, type Workload } from "../../../cli/cost/estimate.ts";

/** The worked example of SES fact 6.6. */
const EXAMPLE: Workload = {
  mails: 1_000_000,
  size: 75_000,
  matched: 0.05,
  keepDays: 30,
  memory: 512,
  duration: 300,
  writes: { mail: 1, alert: 0 },
  logged: 1_000,
};

describe("the worked example of SES fact 6.6", () => {
  const { parts, total, worst } = estimate(EXAMPLE);

  test.each([
    { part: "SES mails received", usd: 100 },
    { part: "SES chunks of 256 KB", usd: 0 },
    { part: "S3 PUT and GET", usd: 5.4 },
    { part: "S3 storage", usd: 1.725 },
    { part: "Lambda requests", usd: 0.2 },
    { part: "Lambda duration", usd: 2 },
    { part: "SNS alerts", usd: 0.025 },
    { part: "DynamoDB mail log", usd: 0.625 },
    { part: "CloudWatch logs", usd: 0.5 },
  ])("$part: $usd USD", ({ part, usd }) => {
    expect(parts.find(({ service, what }) => `${service} ${what}` === part)?.usd).toBeCloseTo(usd, 3);
  });

  test("in all 110.5 USD, 200.5 when every chunk counts that a mail begins", () => {
    expect([total.toFixed(1), worst.toFixed(1)]).toEqual(["110.5", "200.5"]);
  });
});

const chunksOf = (size: number) => {
  const chunks = estimate({ ...EXAMPLE, size }).parts.find(({ what }) => what.startsWith("chunks"));
  return [chunks?.usd, chunks?.worst].map((usd) => Math.round(usd ?? Number.NaN));
};

test.each([
  { size: 1, complete: 0, begun: 90 },
  { size: 256 * 1024 - 1, complete: 0, begun: 90 },
  { size: 256 * 1024, complete: 90, begun: 90 },
  { size: 256 * 1024 + 1, complete: 90, begun: 180 },
  { size: 40 * 1024 * 1024, complete: 14_400, begun: 14_400 },
])(
  "a million mails of $size bytes: $complete USD for complete chunks, $begun for those begun",
  ({ size, complete, begun }) => {
    expect(chunksOf(size)).toEqual([complete, begun]);
  },
);

test.each([
  { what: "mails", change: { mails: 2_000_000 }, times: 2 },
  { what: "nothing else than the alerts", change: { matched: 0.1 }, times: 1.0002 },
])("twice as many $what cost $times times as much", ({ change, times }) => {
  expect(estimate({ ...EXAMPLE, ...change }).total / estimate(EXAMPLE).total).toBeCloseTo(times, 4);
});

test("the total is the sum of its parts, and never more than at worst", () => {
  const workload = fc.record({
    mails: fc.integer({ min: 1, max: 1e12 }),
    size: fc.integer({ min: 1, max: 40 * 1024 * 1024 }),
    matched: fc.double({ min: 0, max: 1, noNaN: true }),
    keepDays: fc.integer({ min: 1, max: 36_500 }),
    memory: fc.integer({ min: 128, max: 10_240 }),
    duration: fc.integer({ min: 1, max: 900_000 }),
    writes: fc.constant({ mail: 3, alert: 1 }),
    logged: fc.constant(1_000),
  });
  fc.assert(
    fc.property(workload, (work) => {
      const { parts, total, worst } = estimate(work);
      expect(total).toBe(parts.reduce((sum, { usd }) => sum + usd, 0));
      expect(total).toBeGreaterThan(0);
      expect(worst).toBeGreaterThanOrEqual(total);
    }),
  );
});
