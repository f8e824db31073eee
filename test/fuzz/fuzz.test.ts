import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzTargets } from "./fuzz-targets.ts";
import { SEED_MAILS } from "./seed-mails.ts";

// Seeds that are changed at random, a few of them here; `npm run fuzz` runs 10,000 of each.

test.each(fuzzTargets())(
  "$name, changed at random in 500 ways: what must hold of them does",
  async (target) => {
    const property = fc.asyncProperty(target.inputs, (input) => target.holds(input));
    await fc.assert(property, { numRuns: 500 });
    expect(target.spent.bytes).toBeGreaterThan(0);
  },
  120_000,
);

test("the seeds hold too, as they are", async () => {
  const [mails] = fuzzTargets();
  for (const mail of SEED_MAILS) await mails?.holds(mail);
  expect(SEED_MAILS.length).toBeGreaterThan(100);
});
