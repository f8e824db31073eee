import fc from "fast-check";
import { expect, test } from "vitest";
import { ASSUMED_WAITING, cpuOf, durationOf, MEASURED } from "../../../cli/cost/measured.ts";

test.each(MEASURED.cpu)("a mail of $size bytes: $ms ms, as measured", ({ size, ms }) => {
  expect(cpuOf(size)).toBeCloseTo(ms, 9);
});

test.each([
  { size: 1, ms: 5.4 },
  { size: (75_000 + 255_000) / 2, ms: (16.5 + 22) / 2 },
  { size: 41_943_040, ms: 521 },
])("a mail of $size bytes: $ms ms, between and beyond what was measured", ({ size, ms }) => {
  expect(cpuOf(size)).toBeCloseTo(ms, 9);
});

test("a larger mail never takes less", () => {
  const size = fc.integer({ min: 1, max: 40 * 1024 * 1024 });
  fc.assert(fc.property(size, size, (a, b) => cpuOf(Math.min(a, b)) <= cpuOf(Math.max(a, b))));
});

test.each([
  { memory: 128, duration: Math.ceil((16.5 * 1769) / 128) + ASSUMED_WAITING },
  { memory: 512, duration: Math.ceil((16.5 * 1769) / 512) + ASSUMED_WAITING },
  { memory: 1769, duration: 17 + ASSUMED_WAITING },
  { memory: 10_240, duration: 17 + ASSUMED_WAITING },
])("75 KB at $memory MB: $duration ms, no less with more than one core", ({ memory, duration }) => {
  expect(Math.abs(durationOf(75_000, memory) - duration)).toBeLessThanOrEqual(1);
});
