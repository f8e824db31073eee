import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { objects, run } from "../run-mailroom.ts";

const cost = (...words: readonly string[]) => run("cost", "--mails", "1000000", "--size", "75KB", ...words);

test("mails are kept as long as a deployment keeps them, unless it says otherwise", async () => {
  expect(readFileSync("serverless.yml", "utf8")).toMatch(/rawMailDays: 365\b/);
  expect(objects(await cost("--json"))).toMatchObject([{ keepDays: 365 }]);
});

test("tells a month part by part, in all and at worst, and how sure that is", async () => {
  const { status, stdout, stderr } = await cost("--keep-days", "30");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").slice(0, 12)).toEqual([
    "           USD a month                                             how sure the price is",
    "SES        mails received    1,000,000 mails               100.00  high, price list (2026-07-22)",
    "SES        chunks of 256 KB  0 complete chunks               0.00  high, price list (2026-07-22); 90.00 at worst",
    "S3         PUT and GET       1,000,000 of each               5.40  high, from memory (2026-11-24)",
    "S3         storage           76.8 GB                         1.77  high, from memory (2026-11-24)",
    "Lambda     requests          1,000,000 requests              0.20  high (2026-11-24)",
    "Lambda     duration          51,500 GB-seconds               0.69  high (2026-11-24)",
    "SNS        alerts            50,000 publishes                0.03  high, from memory (2026-11-24)",
    "DynamoDB   mail log          3,050,000 write units           1.91  medium, from memory (2026-11-24)",
    "CloudWatch logs              1 GB                            0.50  high, from memory (2026-11-24)",
    "           total                                           110.48",
    "           total at worst                                  200.48",
  ]);
  expect(stdout).toContain("Duration: 16.6 ms of CPU as measured (2026-11-24,");
  expect(stdout).toContain("Not counted\n");
});

test("--duration takes the place of what was measured", async () => {
  const { stdout } = await cost("--duration", "300");
  expect(stdout).toMatch(/Lambda {5}duration {10}150,000 GB-seconds +2\.00 /);
  expect(stdout).not.toContain("as measured (");
});

test("--json has every figure, with the price that it goes by", async () => {
  const [told] = objects(
    await cost("--matched", "0.5%", "--keep-days", "365", "--memory", "1024", "--duration", "250", "--json"),
  );
  expect(told).toMatchObject({
    mails: 1_000_000,
    size: 76_800,
    matched: 0.005,
    keepDays: 365,
    memory: 1024,
    duration: 250,
    currency: "USD",
    uncertain: expect.arrayContaining([expect.stringContaining("SES may count")]),
    notCounted: expect.arrayContaining([expect.stringContaining("cold starts")]),
  });
  expect(told?.["parts"]).toContainEqual({
    service: "Lambda",
    what: "duration",
    quantity: 250_000,
    unit: "GB-seconds",
    usd: 3.33335,
    worst: 3.33335,
    prices: [
      {
        usd: 0.0000133334,
        per: 1,
        unit: "GB-seconds on arm64",
        source: null,
        date: "2026-11-24",
        confidence: "high",
      },
    ],
  });
});

test("where worst and usual are the same, nothing is said of the worst", async () => {
  const { stdout } = await run("cost", "--mails", "1000", "--size", "256KB");
  expect(stdout).not.toContain("worst");
});

test.each([
  { words: ["--mails", "1,000"], says: "Expected a whole number from 1 to 1000000000000, written without commas." },
  { words: ["--mails", "0"], says: "Expected a whole number from 1" },
  { words: ["--size", "75XB"], says: "Expected a size such as 75KB, 2MB or 512, up to SES's 40MB." },
  { words: ["--size", "0"], says: "Expected a size such as" },
  { words: ["--size", "41MB"], says: "up to SES's 40MB." },
  { words: ["--matched", "0.05"], says: "Expected a share from 0% to 100%, such as 5%." },
  { words: ["--matched", "101%"], says: "Expected a share" },
  { words: ["--memory", "64"], says: "Expected a whole number from 128 to 10240" },
  { words: ["--keep-days", "-1"], says: "Expected a whole number from 1" },
  { words: ["--duration", "1e3"], says: "Expected a whole number from 1 to 900000" },
])("$words is wrong use", async ({ words, says }) => {
  const { status, stderr } = await cost(...words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
});

test.each([{ words: ["--size", "75KB"] }, { words: ["--mails", "1"] }])(
  "$words alone is not enough",
  async ({ words }) => {
    expect((await run("cost", ...words)).status).toBe(2);
  },
);
