import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { createPool } from "../../../cli/workers/pool.ts";

test("a worker that cannot be prepared answers each mail with why, and is not replaced for each", async () => {
  let started = 0;
  const pool = createPool(1, () => {
    started += 1;
    const workerData = { kind: "replay", rules: "no rules" };
    return new Worker(new URL("../../../cli/workers/mail-worker.ts", import.meta.url), { workerData });
  });
  onTestFinished(() => pool.close());
  const answers = await Promise.all(["1.eml", "2.eml", "3.eml"].map(pool.run));
  expect(answers).toMatchObject(Array(3).fill({ ok: false, reason: expect.stringMatching(/\S/) }));
  expect(started).toBe(1);
});
