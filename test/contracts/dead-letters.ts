import { describe, expect, onTestFinished, test } from "vitest";
import type { DeadLetters } from "../../shared/ports.ts";

export interface DeadLettersHarness {
  readonly letters: DeadLetters;
  /** Puts a message into the queue. */
  send(body: string): Promise<unknown> | unknown;
  close(): Promise<void> | void;
}

/** What a dead-letter queue does. Each test has one of its own, which is empty. */
export function deadLettersContract(name: string, start: () => Promise<DeadLettersHarness>): void {
  async function started(...bodies: readonly string[]) {
    const harness = await start();
    onTestFinished(harness.close);
    for (const body of bodies) await harness.send(body);
    return harness.letters;
  }

  describe(`dead letters: ${name}`, () => {
    test("a letter is taken as it was sent, with when that was and how often it was taken", async () => {
      const letters = await started('{"text":"障害"}');
      const [letter] = await letters.take(10);
      expect(letter).toMatchObject({
        body: '{"text":"障害"}',
        receiveCount: 1,
        id: expect.stringMatching(/./),
        sentAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    });

    test("what is taken, nobody else gets", async () => {
      const letters = await started("a");
      expect(await letters.take(10)).toHaveLength(1);
      expect(await letters.take(10)).toEqual([]);
      expect(await letters.depth()).toEqual({ waiting: 0, taken: 1 });
    });

    test("what is given back can be taken again at once, and its count has risen", async () => {
      const letters = await started("a");
      for (const letter of await letters.take(10)) await letters.giveBack(letter);
      expect(await letters.depth()).toEqual({ waiting: 1, taken: 0 });
      expect(await letters.take(10)).toMatchObject([{ body: "a", receiveCount: 2 }]);
    });

    test("what is removed is gone; what is given back twice is there once", async () => {
      const letters = await started("a", "b");
      const taken = await letters.take(10);
      for (const letter of taken) {
        if (letter.body === "a") await letters.remove(letter);
        else for (const _ of [1, 2]) await letters.giveBack(letter);
      }
      expect(await letters.take(10)).toMatchObject([{ body: "b" }]);
      expect(await letters.depth()).toEqual({ waiting: 0, taken: 1 });
    });

    test("no more are taken than asked for, and ten at most", async () => {
      const letters = await started(..."abcdefghijkl");
      expect(await letters.take(1)).toHaveLength(1);
      expect((await letters.take(10)).length).toBeLessThanOrEqual(10);
    });

    test("an empty queue gives nothing", async () => {
      const letters = await started();
      expect(await letters.depth()).toEqual({ waiting: 0, taken: 0 });
      expect(await letters.take(10)).toEqual([]);
    });
  });
}
