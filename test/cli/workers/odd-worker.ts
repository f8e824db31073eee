import { answerJobs } from "../../../cli/workers/answer-jobs.ts";

// A worker that does as it is told, for the tests of the pool.
const DEEDS: Readonly<Record<string, () => unknown>> = {
  exit: () => process.exit(3),
  throw: () => {
    queueMicrotask(() => {
      throw new TypeError("broken");
    });
    return new Promise(() => {});
  },
  // No message can carry one.
  function: () => () => {},
  memory: () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, Math.random));
  },
};

answerJobs(Promise.resolve(async (word: string) => (await DEEDS[word]?.()) ?? `${word} done`));
