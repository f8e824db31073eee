import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

// The command as a person calls it, in a process of its own.

const script = new URL("../../bench/simulate.ts", import.meta.url).pathname;

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const SMALL = ["--mails-per-day", "10000"];

test("--json prints one object, the same each time", () => {
  const { status, stdout, stderr } = run(...SMALL, "--json");
  expect([status, stderr, stdout.split("\n").length]).toEqual([0, "", 2]);
  const { options, outcome, limits, cost } = JSON.parse(stdout);
  expect(options).toMatchObject({ mailsPerDay: 10_000, seed: 1 });
  expect(outcome).toMatchObject({ throttled: 0, givenUp: 0, waiting: 0, arrived: outcome.done + outcome.running });
  expect(limits).toHaveLength(6);
  expect(cost.usd).toBeGreaterThan(1);
  expect(run(...SMALL, "--json").stdout).toBe(stdout);
});

describe("for a person", () => {
  test("says that no limit is met, and which is the nearest", () => {
    const { stdout } = run(...SMALL);
    expect(stdout).toContain("10,000 mails a day, 5 % of which raise an alert, at 512 MB; seed 1");
    expect(stdout).toMatch(/^No limit is met\. The nearest is .+: [\d.]+ times as much would meet it\.$/m);
  });

  test.each([
    { limit: "Lambda concurrency", args: ["--concurrency", "1"] },
    { limit: "SNS publish", args: ["--publish-rate", "1", "--matched", "100%", "--burst", "100"] },
    { limit: "DynamoDB mail log", args: ["--table-writes", "1", "--partition-writes", "1", "--burst", "100"] },
    { limit: "Lambda scale-up", args: ["--scale-up", "1", "--burst", "100"] },
  ])("names $limit where that is met first", ({ limit, args }) => {
    const { stdout } = run(...SMALL, "--hours", "1", ...args);
    expect(stdout).toMatch(new RegExp(`^Met first: ${limit}, \\d+ s after the beginning\\.$`, "m"));
  });
});

test("a call that is not understood ends with status 2, and says why", () => {
  const { status, stdout, stderr } = run("--mails-per-day", "many");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("Expected a whole number from 1 to 1000000000");
});
