import { beforeAll, describe, expect, test } from "vitest";
import { type Measured, measureHostileMails } from "../support/hostile/measure-hostile.ts";
import { hostileMails } from "../support/hostile-mails.ts";

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
    expect(measured).toMatchObject({ outcome, faults: [], ...(found && { found }) });
    expect(measured?.seconds).toBeLessThan(MAX_SECONDS);
  });
});
