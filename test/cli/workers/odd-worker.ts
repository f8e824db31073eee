import { parentPort } from "node:worker_threads";

// A worker that does as it is told, for the tests of the pool.
const DEEDS: Readonly<Record<string, () => unknown>> = {
  exit: () => process.exit(3),
  throw: () => {
    throw new TypeError("broken");
  },
  memory: () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, Math.random));
  },
};

parentPort?.on("message", (word: string) => {
  parentPort?.postMessage({ ok: true, result: DEEDS[word]?.() ?? `${word} done` });
});
