import { expect, onTestFinished, test } from "vitest";
import type { OpenQueue } from "../../../cli/redrive/open-queues.ts";
import { type Work, workThrough } from "../../../cli/redrive/work-through.ts";
import { sqsDeadLetters } from "../../../shared/aws/sqs-dead-letters.ts";
import { type FakeSqs, startFakeSqs } from "../../support/fake-sqs.ts";

const URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/dead";
const TOLD = [{ what: "unknown", because: "" }] as const;

/** A queue with the letters 1 to `count`, and a run over it that notes what it does. */
async function start(count: number, changes: Partial<Work & Pick<OpenQueue, "replay" | "explain">> = {}) {
  const sqs = await startFakeSqs("dead");
  onTestFinished(sqs.close);
  for (let at = 1; at <= count; at++) sqs.send("dead", String(at));
  const replayed: string[] = [];
  const told: string[] = [];
  const queue: OpenQueue = {
    name: "bounces",
    failed: "record-bounce",
    letters: sqsDeadLetters(sqs.client({ maxAttempts: 1 }), URL),
    explain: changes.explain ?? ((body) => ({ told: TOLD, failure: null, replay: body })),
    replay: changes.replay ?? (async (text) => void replayed.push(text)),
  };
  const work: Work = {
    apply: true,
    startedAt: "2026-11-24T08:00:00.000Z",
    signal: new AbortController().signal,
    left: () => Number.POSITIVE_INFINITY,
    tell: async ({ letter, status }) => {
      told.push(`${letter.body} ${status}`);
      return true;
    },
    ...changes,
  };
  return { sqs, replayed, told, run: () => workThrough(queue, work) };
}

const bodies = (sqs: FakeSqs) => sqs.queues.get("dead")?.map(({ body }) => body);
const hidden = (sqs: FakeSqs) => sqs.queues.get("dead")?.filter(({ hiddenUntil }) => hiddenUntil > sqs.now).length;
const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1));

test("every letter is looked at once, in its order, and none is hidden in the end", async () => {
  const { sqs, run, told, replayed } = await start(25, { apply: false });
  expect(await run()).toEqual({ later: 0, mayRemain: false, notGivenBack: [] });
  expect(told).toEqual(numbers(25).map((body) => `${body} planned`));
  expect([replayed, bodies(sqs), hidden(sqs)]).toEqual([[], numbers(25), 0]);
});

test("each is replayed and then removed", async () => {
  const { sqs, run, told, replayed } = await start(25);
  await run();
  expect(told).toEqual(numbers(25).map((body) => `${body} replayed`));
  expect([replayed.length, bodies(sqs)]).toEqual([25, []]);
});

test("never lost: what could not be replayed stays, and can be seen again at once", async () => {
  const { sqs, run, told } = await start(3, {
    replay: async (text) => {
      if (text === "2") throw new Error("no");
    },
  });
  await run();
  expect(told).toEqual(["1 replayed", "2 failed", "3 replayed"]);
  expect([bodies(sqs), hidden(sqs)]).toEqual([["2"], 0]);
});

test("never lost: what was replayed and could not be removed stays, and is told so", async () => {
  const failures: unknown[] = [];
  const { sqs, run, replayed } = await start(1, {
    tell: async ({ failure }) => failures.push(failure) > 0,
  });
  sqs.fail({ operation: "DeleteMessage", answer: "AccessDeniedException" });
  await run();
  expect([replayed, bodies(sqs), hidden(sqs)]).toEqual([["1"], ["1"], 0]);
  expect(failures).toEqual([expect.stringContaining("it was replayed, and is still in its queue")]);
});

test("what its function does not take is left", async () => {
  const { sqs, run, told } = await start(1, { explain: () => ({ told: TOLD, failure: null, replay: undefined }) });
  await run();
  expect([told, bodies(sqs), hidden(sqs)]).toEqual([["1 left"], ["1"], 0]);
});

test.each([[1], [2, 3], [1, 2, 3, 4, 5]])(
  "letters that come back before look %j hide none of the others",
  async (...before) => {
    const { sqs, run, told } = await start(25, { apply: false });
    let looks = 0;
    sqs.beforeAnswer = (request) => {
      if (request.startsWith("ReceiveMessage") && before.includes(looks++)) sqs.now += 400_000;
    };
    expect(await run()).toMatchObject({ mayRemain: false });
    expect(told).toEqual(numbers(25).map((body) => `${body} planned`));
    expect(hidden(sqs)).toBe(0);
  },
);

test("ends when letters come back as fast as they are looked at, and tells that there may be more", async () => {
  const { sqs, run, told } = await start(25, { apply: false });
  sqs.beforeAnswer = (request) => {
    if (request.startsWith("ReceiveMessage")) sqs.now += 400_000;
  };
  expect(await run()).toMatchObject({ mayRemain: true });
  expect(told).toEqual(numbers(10).map((body) => `${body} planned`));
  expect(hidden(sqs)).toBe(0);
});

test("what fails again within the run is not replayed again: its time is that of its first sending", async () => {
  const failures: unknown[] = [];
  const place = await start(3, {
    replay: async (text) => void place.sqs.send("dead", text),
    tell: async ({ status, failure }) => failures.push([status, failure]) > 0,
  });
  await place.run();
  expect(failures.slice(0, 3)).toEqual(Array(3).fill(["replayed", undefined]));
  expect(failures.slice(3)).toEqual(Array(3).fill(["failed", expect.stringMatching(/failed again/)]));
  expect([bodies(place.sqs), hidden(place.sqs)]).toEqual([["1", "2", "3"], 0]);
});

test("ends when what is replayed fails again and again: that came later", async () => {
  const place = await start(3, {
    replay: async (text) => {
      place.sqs.now += 180_000;
      place.sqs.send("dead", `${text} again`);
    },
  });
  expect(await place.run()).toEqual({ later: 3, mayRemain: false, notGivenBack: [] });
  expect(place.told).toEqual(["1 replayed", "2 replayed", "3 replayed"]);
  expect([bodies(place.sqs), hidden(place.sqs)]).toEqual([["1 again", "2 again", "3 again"], 0]);
});

test.each([1, 10, 13])("no more than %i letters are taken, when it is limited to that", async (limit) => {
  const { sqs, run, told } = await start(25, { left: () => limit - told.length });
  await run();
  expect(told).toEqual(numbers(limit).map((body) => `${body} replayed`));
  expect(sqs.queues.get("dead")?.every(({ receiveCount }) => receiveCount === 0)).toBe(true);
});

test("Ctrl-C ends it after the letters that were taken", async () => {
  const interrupt = new AbortController();
  const { sqs, run, told } = await start(25, { apply: false, signal: interrupt.signal });
  sqs.beforeAnswer = (request) => {
    if (request.startsWith("ReceiveMessage") && told.length > 0) interrupt.abort();
  };
  await run();
  expect([told.length, hidden(sqs)]).toEqual([20, 0]);
});

test.each([
  { apply: false, looked: 10 },
  { apply: true, looked: 25 },
])("nobody listens any more: with apply $apply, $looked of 25 letters are looked at", async ({ apply, looked }) => {
  let told = 0;
  const { sqs, run } = await start(25, { apply, tell: async () => ++told < 0 });
  await run();
  expect([told, hidden(sqs)]).toEqual([looked, 0]);
});

test("a queue that fails in the middle has back what was taken", async () => {
  const { sqs, run } = await start(25, { apply: false });
  let looks = 0;
  sqs.beforeAnswer = (request) => {
    looks += request.startsWith("ReceiveMessage") ? 1 : 0;
    if (looks === 2) sqs.fail({ operation: "ReceiveMessage", answer: "AccessDeniedException" });
  };
  await expect(run()).rejects.toThrow("not authorized");
  expect(hidden(sqs)).toBe(0);
});

test("letters that cannot be given back are told", async () => {
  const { sqs, run } = await start(2, { apply: false });
  sqs.fail({ operation: "ChangeMessageVisibility", answer: "AccessDeniedException", times: 2 });
  expect(await run()).toMatchObject({
    notGivenBack: [{ name: "AccessDeniedException" }, { name: "AccessDeniedException" }],
  });
});
