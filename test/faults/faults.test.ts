import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Keeping } from "./desk.ts";
import { KEEPINGS } from "./keepings.ts";
import type { Hurt } from "./killed.ts";
import { faultMatrix, type MatrixRow, WINDOW } from "./matrix.ts";
import { REDELIVERIES, WAYS } from "./redeliver.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

// Every port call of a mail's first run in turn is its last, or gets no answer; then the mail is delivered again once to five times, one after the
// other and at once. `npm run test:faults` prints the table of the first.
vi.setConfig({ testTimeout: 120_000 });

/** The log is asked in the same way wherever it is kept, so one of them shows what a lost answer does. */
const HURTS: readonly { hurt: Hurt; keepings: typeof KEEPINGS }[] = [
  { hurt: "kills", keepings: KEEPINGS },
  { hurt: "loses its answer", keepings: KEEPINGS.filter(({ name }) => name === "SQLite") },
];

describe.each(HURTS.flatMap(({ hurt, keepings }) => keepings.map((keeping) => ({ hurt, ...keeping }))))(
  "each port call in turn $hurt, with the mail log in $name",
  ({ hurt, open }) => {
    let keeping: Keeping & { close(): Promise<void> | void };
    beforeAll(async () => {
      keeping = await open();
    });
    afterAll(() => keeping.close());

    test.each(SCENARIOS)("$name: handled in the end, each alert once but for the one window", (scenario) =>
      expectHandled(scenario, keeping, hurt),
    );
  },
);

async function expectHandled(scenario: Scenario, keeping: Keeping, hurt: Hurt): Promise<void> {
  const rows: MatrixRow[] = [];
  for await (const row of faultMatrix(scenario, keeping, hurt)) rows.push(row);
  const wrong = rows.flatMap(({ point, killedAfter, cells }) =>
    cells.flatMap(({ way, redeliveries, wrong }) =>
      wrong.map((what) => `${point} ${killedAfter}, ${redeliveries} ${way}: ${what}`),
    ),
  );
  expect(wrong).toEqual([]);
  expect(rows.map(({ cells }) => cells.length)).toEqual(rows.map(() => WAYS.length * REDELIVERIES.length));
  // The window is real, and it is as wide as it is said to be: whoever closes it should know, and whoever opens another.
  const twice = rows.filter(({ cells }) => cells.some(({ trial }) => Object.values(trial.counts).includes(2)));
  expect(twice.map(({ killedAfter }) => killedAfter)).toEqual(
    rows.map(({ killedAfter }) => killedAfter).filter((call) => call === WINDOW),
  );
}
