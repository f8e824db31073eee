import { CommanderError } from "commander";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coldStartOf } from "../../bench/simulation/assumptions.ts";
import { dayScenario } from "../../bench/simulation/day-scenario.ts";
import { type SimulateOptions, simulateCommand } from "../../bench/simulation/options.ts";

function read(...args: readonly string[]): SimulateOptions {
  const command = simulateCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: "user" }).opts();
}

const whole = (min: number, max: number) => fc.integer({ min, max }).map(String);
const decimal = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value.toFixed(3));

/** What each option takes. */
const TAKEN = {
  "--mails-per-day": whole(1, 1e9),
  "--matched": decimal(0, 100).map((share) => `${share}%`),
  "--memory": whole(128, 10_240),
  "--keep-days": whole(1, 36_500),
  "--peak": decimal(1, 2),
  "--burst": decimal(1, 1_000),
  "--burst-seconds": whole(1, 3_600),
  "--hours": decimal(0.001, 24),
  "--concurrency": whole(1, 1e6),
  "--scale-up": whole(1, 1e6),
  "--cold-start": whole(0, 600_000),
  "--waiting": fc.constantFrom("retry", "queue"),
  "--publish-rate": whole(1, 1e6),
  "--table-writes": whole(1, 1e6),
  "--partition-writes": whole(1, 1e6),
  "--max-age": whole(60, 21_600),
  "--seed": whole(0, 2 ** 31 - 1),
} as const;

test("every value that is allowed makes a scenario that can be run", () => {
  fc.assert(
    fc.property(fc.record(TAKEN, { requiredKeys: [] }), (given) => {
      const { span, rateAt, lambda, dynamo, sns } = dayScenario(read(...Object.entries(given).flat()));
      for (const rate of [rateAt(0), rateAt(span / 2), rateAt(span - 1)]) expect(rate).toBeGreaterThanOrEqual(0);
      expect(lambda.warm).toBeLessThanOrEqual(lambda.concurrency);
      const positive = [span, lambda.concurrency, dynamo.partitions, dynamo.rate.perSecond, sns.rate.perSecond];
      expect(positive.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    }),
  );
});

test("what is no value of an option is refused", () => {
  const words = fc.oneof(
    fc.string({ minLength: 1 }).filter((text) => !/^\s*-|^[\d.]+%?$/.test(text)),
    fc.constantFrom("-1", "1e6", "1,000", "0x10", "NaN", "Infinity", "99999999999", "101%", " 5"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(TAKEN).filter((name) => name !== "--waiting")), words, (name, word) => {
      expect(() => read(`${name}=${word}`)).toThrow(CommanderError);
    }),
  );
});

test.each(["--hours=0", "--peak=0.5", "--peak=2.1", "--burst=0", "--max-age=59", "--waiting=never", "extra"])(
  "%s is refused",
  (argument) => {
    expect(() => read(argument)).toThrow(CommanderError);
  },
);

describe("the day", () => {
  const mean = (options: SimulateOptions): number => {
    const { span, rateAt } = dayScenario(options);
    return Array.from({ length: span }, (_, second) => rateAt(second)).reduce((sum, rate) => sum + rate, 0);
  };

  test.each(["1", "1.5", "2"])("with a peak of %s times the mean has as many mails as were asked for", (peak) => {
    expect(mean(read("--mails-per-day", "864000", "--peak", peak))).toBeCloseTo(864_000, 3);
  });

  test("has its top in the middle, and there the burst", () => {
    const { span, rateAt } = dayScenario(read("--mails-per-day", "864000", "--burst", "5", "--burst-seconds", "100"));
    expect(span).toBe(86_400);
    expect(rateAt(43_200)).toBeCloseTo(100, 3);
    expect(rateAt(43_200 - 60)).toBeCloseTo(20, 3);
  });

  test.each([
    { mailsPerDay: "1000000", span: 86_400 },
    { mailsPerDay: "100000000", span: 864 },
    { mailsPerDay: "1000000000", span: 600 },
  ])("$mailsPerDay mails a day: $span s are simulated", ({ mailsPerDay, span }) => {
    expect(dayScenario(read("--mails-per-day", mailsPerDay)).span).toBe(span);
  });
});

test("less memory makes a cold start longer, up to a whole core", () => {
  expect(coldStartOf(128)).toBeGreaterThan(coldStartOf(512));
  expect(coldStartOf(1_769)).toBe(coldStartOf(10_240));
});
