import fc from "fast-check";
import { expect, test } from "vitest";
import { createBoundaryWork } from "../../../shared/message/parts/boundary-work.ts";

/** Gives the text in chunks; whether the parser may have the last one. */
function mayGoOn(chunks: readonly string[]): boolean {
  const work = createBoundaryWork();
  return chunks.reduce((_, chunk) => work(Buffer.from(chunk)), true);
}

const NESTED = "boundary=b\n".repeat(5_000);
const LINES = "--x\n".repeat(10_000);

test.each([
  ["many boundaries", [NESTED], true],
  ["many lines", [LINES], true],
  ["both", [NESTED, LINES], false],
  ["lines that begin with no dash", [NESTED, "x\n".repeat(100_000)], true],
])("%s", (_, chunks, goesOn) => {
  expect(mayGoOn(chunks)).toBe(goesOn);
});

test("what is cut between two chunks counts all the same", () => {
  const text = NESTED + LINES;
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 40 }), (size) => {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      expect(mayGoOn(chunks)).toBe(false);
    }),
    { numRuns: 10 },
  );
});
