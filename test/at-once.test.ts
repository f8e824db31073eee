import { expect, test } from "vitest";
import { mapAtOnce } from "../shared/at-once.ts";

/** Lets others go on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test.each([
  [0, 3],
  [1, 3],
  [10, 3],
  [10, 1],
  [3, 10],
])("of %i items no more than %i are worked on at once; results are in the order of the items", async (items, limit) => {
  let working = 0;
  let most = 0;
  const results = await mapAtOnce(
    Array.from({ length: items }, (_, at) => at),
    limit,
    async (item) => {
      working += 1;
      most = Math.max(most, working);
      for (let turns = item % 4; turns >= 0; turns--) await turn();
      working -= 1;
      return item * 2;
    },
  );
  expect(results).toEqual(Array.from({ length: items }, (_, at) => at * 2));
  expect(most).toBe(Math.min(items, limit));
});

test("the first failure is the failure of all, and nothing is begun after it", async () => {
  const begun: number[] = [];
  const work = mapAtOnce([0, 1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 1) throw new Error("one failed");
  });
  await expect(work).rejects.toThrow("one failed");
  for (let turns = 0; turns < 10; turns++) await turn();
  // The third was begun before the second failed.
  expect(begun).toEqual([0, 1, 2]);
});
