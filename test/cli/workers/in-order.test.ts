import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder } from "../../../cli/workers/in-order.ts";
import { collect } from "../../support/collect.ts";

async function* from<Item>(items: readonly Item[], taken: (item: Item) => void = () => {}): AsyncGenerator<Item> {
  for (const item of items) {
    taken(item);
    yield item;
  }
}

/** Jobs that end when they are told to. */
function heldJobs() {
  const ends = new Map<number, () => void>();
  return {
    run: (item: number) => new Promise<number>((resolve) => ends.set(item, () => resolve(item))),
    end: (item: number) => ends.get(item)?.(),
    running: () => [...ends.keys()],
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("results in the order of the items", () => {
  test("whatever order they are ready in, and however many run at a time", async () => {
    const scheduled = fc.scheduler();
    await fc.assert(
      fc.asyncProperty(
        scheduled,
        fc.integer({ min: 1, max: 9 }),
        fc.nat({ max: 20 }),
        async (scheduler, limit, number) => {
          const items = Array.from({ length: number }, (_, item) => item);
          const run = scheduler.scheduleFunction(async (item: number) => item);
          const results = await scheduler.waitFor(collect(inOrder(from(items), limit, run)));
          expect(results).toEqual(items);
        },
      ),
    );
  });

  test("one slow item holds the others up: no more are taken than the limit", async () => {
    const jobs = heldJobs();
    const taken: number[] = [];
    const results = inOrder(
      from([0, 1, 2, 3, 4, 5], (item) => taken.push(item)),
      3,
      jobs.run,
    );
    const first = results.next();
    await turn();
    for (const done of [1, 2]) jobs.end(done);
    await turn();
    expect(taken).toEqual([0, 1, 2]);
    jobs.end(0);
    expect(await first).toEqual({ done: false, value: 0 });
    await results.next();
    expect(taken).toEqual([0, 1, 2, 3]);
  });

  test("a slow consumer has no more made for it than the limit, however fast the jobs are", async () => {
    let [taken, given, most] = [0, 0, 0];
    const items = from(
      Array.from({ length: 200 }, (_, item) => item),
      () => {
        taken += 1;
        most = Math.max(most, taken - given);
      },
    );
    for await (const _ of inOrder(items, 16, async (item) => item)) {
      for (let turns = 0; turns < 3; turns++) await turn();
      given += 1;
    }
    expect({ given, most }).toEqual({ given: 200, most: 16 });
  });

  test("nothing new is taken until the next result is asked for", async () => {
    const taken: number[] = [];
    const results = inOrder(
      from([0, 1, 2, 3], (item) => taken.push(item)),
      2,
      async (item) => item,
    );
    await results.next();
    await turn();
    expect(taken).toEqual([0, 1]);
  });
});

test("what fails to be listed fails the whole", async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new Error("listing failed");
  }
  await expect(collect(inOrder(failing(), 1, async (item) => item))).rejects.toThrow("listing failed");
});
