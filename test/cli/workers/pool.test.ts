import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { createPool, type Pool } from "../../../cli/workers/pool.ts";

function oddPool(size: number): { pool: Pool<string, string>; started: () => number } {
  let started = 0;
  const pool = createPool<string, string>(size, () => {
    started += 1;
    return new Worker(new URL("./odd-worker.ts", import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 20 } });
  });
  onTestFinished(() => pool.close());
  return { pool, started: () => started };
}

const done = (word: string) => ({ ok: true, result: `${word} done` });

test("each job gets its own answer, from no more workers than asked for", async () => {
  const { pool, started } = oddPool(2);
  const words = Array.from({ length: 20 }, (_, number) => `job ${number}`);
  expect(await Promise.all(words.map(pool.run))).toEqual(words.map(done));
  expect(started()).toBe(2);
});

test("workers are started for work only", async () => {
  const { pool, started } = oddPool(8);
  expect(started()).toBe(0);
  await pool.run("a");
  await pool.run("b");
  expect(started()).toBe(1);
});

test.each([
  ["exit", "the worker that read it ended with status 3"],
  ["throw", "the worker that read it ended with an error: broken"],
  ["memory", "the worker that read it ran out of memory"],
])("a worker that dies (%s) fails its job alone and is replaced", async (word, reason) => {
  const { pool, started } = oddPool(1);
  const answers = await Promise.all([pool.run("before"), pool.run(word), pool.run("after")]);
  expect(answers).toEqual([done("before"), { ok: false, reason }, done("after")]);
  expect(started()).toBe(2);
});

test("a closed pool has ended its workers", async () => {
  const workers: Worker[] = [];
  const pool = createPool<string, string>(1, () => {
    const worker = new Worker(new URL("./odd-worker.ts", import.meta.url));
    workers.push(worker);
    return worker;
  });
  await pool.run("a");
  await pool.close();
  expect(workers.map(({ threadId }) => threadId)).toEqual([-1]);
});
