import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../scripts/fuzz.ts");

function run(...words: readonly string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...words], { encoding: "utf8" });
}

test.each([
  ["a target that is none", ["--only", "mail"], /'mail' is invalid.*mails, events, rules files, suppression files/],
  ["runs that are no number", ["--runs", "abc"], /'abc' is invalid.*a whole number from 1 to/],
  ["no runs", ["--runs", "0"], /'0' is invalid.*a whole number from 1 to/],
  ["a seed that is no number", ["--seed", "1e3"], /'1e3' is invalid.*a whole number from 0 to/],
  ["an option that is none", ["--run", "5"], /unknown option '--run'/],
  ["words beside the options", ["mails"], /too many arguments.*mails/],
])("%s: refused with status 2, and nothing is run", (_, words, said) => {
  const { status, stdout, stderr } = run(...words);
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(said) });
});

test("one target, a few times: only it is run, and the status is 0", () => {
  const { status, stdout } = run("--only", "suppression files", "--runs", "3", "--seed", "7");
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^seed 7, 3 runs of each\nsuppression files: held; .*\n$/),
  });
});
