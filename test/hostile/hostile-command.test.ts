import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../scripts/hostile.ts");

function run(...words: readonly string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...words], { encoding: "utf8" });
}

test.each([
  ["a scale that is no number", ["--scale", "abc"], /'abc' is invalid.*a number above 0/],
  ["no scale", ["--scale", ""], /'' is invalid.*a number above 0/],
  ["a scale of nothing", ["--scale", "0"], /'0' is invalid.*a number above 0/],
  ["more than the full sizes", ["--scale", "2"], /'2' is invalid.*up to 1/],
  ["an option that is none", ["--only", "x"], /unknown option '--only'/],
])("%s: refused with status 2, and nothing is run", (_, words, said) => {
  const { status, stdout, stderr } = run(...words);
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(said) });
});
