import { expect, test } from "vitest";
import { progressLine } from "../../../cli/output/progress.ts";

const half = { mails: 1_500, matched: 12, doneBytes: 500, totalBytes: 1_000, seconds: 10 };

test.each([
  [
    "a bar where the end is known",
    half,
    "████████████░░░░░░░░░░░░ 50 %  1,500 mails  12 matched  150 mails/s  10 s left",
  ],
  ["counts where it is not", { ...half, totalBytes: undefined }, "1,500 mails  12 matched  150 mails/s"],
  [
    "no matches where nothing is matched",
    { ...half, totalBytes: undefined, matched: undefined },
    "1,500 mails  150 mails/s",
  ],
  [
    "minutes",
    { ...half, seconds: 300, matched: undefined },
    "████████████░░░░░░░░░░░░ 50 %  1,500 mails  5 mails/s  5 min left",
  ],
  [
    "files that grew",
    { ...half, doneBytes: 2_000 },
    "████████████████████████ 100 %  1,500 mails  12 matched  150 mails/s",
  ],
  [
    "the very beginning",
    { mails: 0, matched: 0, doneBytes: 0, totalBytes: 9, seconds: 0 },
    "░░░░░░░░░░░░░░░░░░░░░░░░ 0 %  0 mails  0 matched",
  ],
  ["no files at all", { mails: 1, matched: 0, doneBytes: 0, totalBytes: 0, seconds: 0 }, "1 mail  0 matched"],
])("%s", (_, progress, expected) => {
  expect(progressLine(progress, 200)).toBe(expected);
});

test("a line is narrower than the terminal, so that it never wraps", () => {
  expect(progressLine(half, 20)).toBe("████████████░░░░░░░");
  expect(progressLine(half, 0)).toBe("");
});
