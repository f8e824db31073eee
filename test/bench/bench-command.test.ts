import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "../../bench/bench.ts"), ...args], { encoding: "utf8" });

test("--json prints one object and nothing else", { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = bench("--json", "--only", "memory", "--rounds", "1");
  expect([status, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({
    rounds: 1,
    ratios: { peakRssOverIdleMb40: expect.any(Number), loopBlockOverSimpleParser: expect.any(Number) },
  });
});

test.each([
  ["rounds that are none", ["--rounds", "0"], "Expected a whole number"],
  ["a benchmark that is none", ["--only", "lines"], "Allowed choices"],
  [
    "a folder without mails",
    ["--only", "parsing", "--rounds", "1", "--corpus", join(import.meta.dirname)],
    "has no mails",
  ],
  ["no folder", ["--only", "parsing", "--corpus", "none/at/all"], "expected a folder of mails"],
])("%s: status 2, and what was expected", (_, args, words) => {
  const { status, stdout, stderr } = bench(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(words);
});
