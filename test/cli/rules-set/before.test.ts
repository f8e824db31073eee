import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { BEFORE_KEY, type Before, s3KeptBefore } from "../../../cli/rules-set/before.ts";
import { ConfigurationError, RuleSetContentionError } from "../../../shared/errors.ts";
import { startFakeS3 } from "../../support/fake-s3.ts";

async function start() {
  const s3 = await startFakeS3();
  onTestFinished(() => s3.close());
  return { s3, kept: s3KeptBefore(s3.client(), "config") };
}

const NAME = fc.string();
const BEFORE: fc.Arbitrary<Before> = fc.record(
  { v: fc.constant(1 as const), activeBefore: fc.option(NAME), mergedInto: fc.array(NAME) },
  { requiredKeys: ["v", "mergedInto"] },
);

test("what is kept is given back, and replaced by what is kept later", async () => {
  const { kept } = await start();
  expect(await kept.read()).toBeUndefined();
  await fc.assert(
    fc.asyncProperty(BEFORE, async (before) => {
      await kept.write(before);
      expect(await kept.read()).toEqual(before);
    }),
  );
});

test("whatever else lies there is refused in words that say what to do", async () => {
  const { s3, kept } = await start();
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      s3.objects.set(`config/${BEFORE_KEY}`, Buffer.from(text));
      await expect(kept.read()).rejects.toThrow(ConfigurationError);
    }),
  );
});

test("two who found nothing do not overwrite one another", async () => {
  const { s3, kept } = await start();
  const other = s3KeptBefore(s3.client(), "config");
  await Promise.all([kept.read(), other.read()]);
  await kept.write({ v: 1, activeBefore: "acme-inbound", mergedInto: [] });
  await expect(other.write({ v: 1, activeBefore: null, mergedInto: [] })).rejects.toThrow(RuleSetContentionError);
  expect(await kept.read()).toMatchObject({ activeBefore: "acme-inbound" });
});

test.each(["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"] as const)(
  "what others changed or deleted since it was read is not overwritten: %s",
  async (answer) => {
    const { s3, kept } = await start();
    await kept.write({ v: 1, mergedInto: [] });
    s3.fail({ operation: "PutObject", answer });
    await expect(kept.write({ v: 1, mergedInto: ["acme-inbound"] })).rejects.toThrow(RuleSetContentionError);
  },
);
