import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzTargets } from "./fuzz-targets.ts";
import { mailTarget } from "./mail-target.ts";
import { SEED_MAILS } from "./seed-mails.ts";

// Seeds that are changed at random, a few of them here; `npm run fuzz` runs 10,000 of each.

test.each(fuzzTargets())(
  "$name, changed at random in 500 ways: $promise",
  async (target) => {
    const property = fc.asyncProperty(target.inputs, (input) => target.holds(input));
    await fc.assert(property, { numRuns: 500 });
    expect(target.spent.bytes).toBeGreaterThan(0);
  },
  120_000,
);

test("the seeds of mails hold too, as they are", async () => {
  const { holds, spent } = mailTarget();
  for (const mail of SEED_MAILS) await holds(mail);
  expect(SEED_MAILS.length).toBeGreaterThan(100);
  expect(spent.bytes).toBeGreaterThan(0);
});
