import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attempt } from "../../../cli/workers/attempt.ts";

test("what succeeds gives its result", async () => {
  expect(await attempt(async () => 1)).toEqual({ ok: true, result: 1 });
});

test.each([
  ["an error of the system, in its words", () => readFileSync("nothere"), "no such file or directory"],
  ["an error of ours", () => Promise.reject(new Error("cut off")), "cut off"],
  ["what is no error", () => Promise.reject("odd"), "odd"],
])("%s, is a failure in plain text that can leave a worker", async (_, fail, reason) => {
  const failure = await attempt(async () => fail());
  expect(failure).toMatchObject({ ok: false, reason });
  expect(structuredClone(failure)).toEqual(failure);
});
