import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { createPool, type Pool } from "../../../cli/workers/pool.ts";

function oddPool(size: number, together?: number): { pool: Pool<string, string>; workers: Worker[] } {
  const workers: Worker[] = [];
  function start() {
    const worker = new Worker(new URL("./odd-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 20 },
    });
    workers.push(worker);
    return worker;
  }
  const pool = createPool<string, string>(size, start, together);
  onTestFinished(() => pool.close());
  return { pool, workers };
}

const done = (word: string) => ({ ok: true, result: `${word} done` });

test.each([1, 4])(
  "each job gets its own answer, %d in a message, from no more workers than asked for",
  async (together) => {
    const { pool, workers } = oddPool(2, together);
    const words = Array.from({ length: 50 }, (_, number) => `job ${number}`);
    expect(await Promise.all(words.map(pool.run))).toEqual(words.map(done));
    expect(workers).toHaveLength(2);
  },
);

test("workers are started for work only", async () => {
  const { pool, workers } = oddPool(8);
  expect(workers).toEqual([]);
  await pool.run("a");
  await pool.run("b");
  expect(workers).toHaveLength(1);
});

test("a worker with many jobs answers several in one message, and those that are left in a last one", async () => {
  const { pool, workers } = oddPool(1, 4);
  const words = Array.from({ length: 30 }, (_, number) => `job ${number}`);
  const answered = Promise.all(words.map(pool.run));
  const sizes: number[] = [];
  workers[0]?.on("message", (answers: readonly unknown[]) => sizes.push(answers.length));
  await answered;
  expect(sizes.reduce((sum, size) => sum + size)).toBe(30);
  expect(sizes.length).toBeLessThan(20);
  expect(Math.max(...sizes)).toBe(4);
});

test("a single job is answered without waiting for others", async () => {
  const { pool } = oddPool(1, 100);
  expect(await pool.run("alone")).toEqual(done("alone"));
});

const deaths: readonly [word: string, reason: string][] = [
  ["exit", "the worker that read it ended with status 3"],
  ["throw", "the worker that read it ended with an error: broken"],
  ["memory", "the worker that read it ran out of memory"],
];

test.each(deaths.flatMap(([word, reason]) => [1, 8].map((together) => ({ word, reason, together }))))(
  "a worker that dies ($word; $together answers in a message) fails its job alone and is replaced",
  async ({ word, reason, together }) => {
    const { pool, workers } = oddPool(1, together);
    const answers = await Promise.all(["a", "b", "c", word, "d", "e"].map(pool.run));
    expect(answers).toEqual([done("a"), done("b"), done("c"), { ok: false, reason }, done("d"), done("e")]);
    expect(workers).toHaveLength(2);
  },
);

test("many fatal jobs among others each fail alone", async () => {
  const { pool } = oddPool(2, 4);
  const words = Array.from({ length: 24 }, (_, number) => (number % 6 === 3 ? "exit" : `job ${number}`));
  const answers = await Promise.all(words.map(pool.run));
  expect(answers).toEqual(
    words.map((word) => (word === "exit" ? { ok: false, reason: expect.stringContaining("status 3") } : done(word))),
  );
});

test("a worker that dies of what it answers fails a job each time, so that there is an end", async () => {
  const { pool } = oddPool(1, 4);
  const answers = await Promise.all(["a", "function", "b"].map(pool.run));
  expect(answers.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
});

test("a closed pool has ended its workers", async () => {
  const { pool, workers } = oddPool(1);
  await pool.run("a");
  await pool.close();
  expect(workers.map(({ threadId }) => threadId)).toEqual([-1]);
});
