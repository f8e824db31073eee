import { beforeAll, describe, expect, test } from "vitest";
import { hostileMails } from "./hostile-mails.ts";
import { type Measured, measureHostileMails } from "./measure-hostile.ts";

// The promise "bounded": each mail runs in a process whose heap has 256 MB, which would die of more. What is large is an eighth
// of that here; `npm run hostile` runs the full sizes.

const SCALE = 1 / 8;

/** Of CPU. It takes a fraction of one; what is meant is that it does not explode. */
const MAX_SECONDS = 10;

let came: ReadonlyMap<string, Measured>;

beforeAll(async () => {
  const measured = await measureHostileMails(SCALE);
  came = new Map(measured.map((each) => [each.name, each]));
}, 240_000);

describe("trap 2, hostile mail leaves a valid record, in bounded time and memory", () => {
  test.each(hostileMails(SCALE))("$name ($why)", ({ name, found }) => {
    const measured = came.get(name);
    const outcome = expect.stringMatching(/^(processed|unparsable)$/);
    expect(measured).toMatchObject({ outcome, faults: [], ...(found !== undefined && { found: true }) });
    expect(measured?.seconds).toBeLessThan(MAX_SECONDS);
  });
});

test("there are as many as the documentation says, each with a name of its own", () => {
  const names = hostileMails(SCALE).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(250);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
