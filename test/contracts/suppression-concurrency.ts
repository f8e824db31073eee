import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import type { SuppressionTable } from "../../shared/ports.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { SHELVES } from "../../shared/suppression/suppression.ts";
import { arbitraryFeedback } from "../support/arbitrary-feedback.ts";
import { delivered, soft } from "../support/evidence.ts";
import { scheduled } from "../support/scheduled-ports.ts";
import type { SuppressionTableHarness } from "./suppression-table.ts";

interface DumpedTableHarness extends SuppressionTableHarness {
  /** Everything that lies in the table, as it lies there. */
  dump(): Promise<unknown> | unknown;
}

const ADDRESSES = Array.from({ length: 10 }, (_, at) => `reader${at}@partner.example`);
const HANDLERS = 50;

/** Milliseconds: over HTTP a run makes some thousand calls, one after the other. */
const LONG = 60_000;

type Handle = (feedback: Feedback) => Promise<unknown>;

/** What 50 handlers are given. Some reports come twice, but not all: a second delivery would heal what the first got wrong. */
const handler = fc.nat(HANDLERS - 1);
const deliveries = fc.array(fc.tuple(arbitraryFeedback(ADDRESSES), handler, fc.option(handler, { freq: 1 })), {
  minLength: 60,
  maxLength: 120,
});

/**
 * Of each address what leaves its state as it was: a bounce, and a delivery after it that voids it. Whoever sees both has nothing to write,
 * and so nothing stops the one who has only seen the bounce, but his last look.
 */
const cancelling = fc.array(handler, { minLength: ADDRESSES.length * 2, maxLength: ADDRESSES.length * 2 }).map((to) =>
  ADDRESSES.flatMap((recipient, at): [Feedback, number, null][] => [
    [soft(1, { recipient }), to[2 * at] ?? 0, null],
    [delivered(2, { recipient }), to[2 * at + 1] ?? 0, null],
  ]),
);

function recorderOf(table: SuppressionTable): Handle {
  return createRecordFeedback({
    table,
    clock: { now: () => "2026-11-24T09:00:00.000Z" },
    policy: DEFAULT_POLICY,
    log: SILENT_LOG,
  });
}

/** All that a table says of the addresses, but how often it was written to. */
async function contents(table: SuppressionTable): Promise<unknown> {
  return Promise.all(
    ADDRESSES.map(async (address) => {
      const evidence = await Promise.all(SHELVES.map((shelf) => table.evidence(address, shelf, 1000)));
      return [address, { ...(await table.get(address)), version: "any" }, evidence];
    }),
  );
}

/**
 * Many handlers at work on the same addresses leave what one would have left, whoever comes first.
 *
 * @param startEmpty gives a table without entries
 * @param runs how many mixtures are tried
 */
export function suppressionConcurrencyContract(
  name: string,
  startEmpty: () => Promise<DumpedTableHarness>,
  runs: number,
): void {
  describe(`50 handlers and the same 10 addresses: ${name}`, () => {
    test(
      "trap 1.10, handlers at once, with redeliveries, leave what one handler leaves",
      async () => {
        await fc.assert(
          fc.asyncProperty(deliveries, fc.scheduler(), async (delivered, scheduler) => {
            const [alone, together] = await Promise.all([startEmpty(), startEmpty()]);
            try {
              const one = recorderOf(alone.table);
              for (const [feedback] of delivered) await one(feedback);
              await scheduler.waitFor(
                handlersAtOnce(delivered, recorderOf(scheduled("table", together.table, scheduler))),
              );
              expect(await contents(together.table)).toEqual(await contents(alone.table));
            } finally {
              await alone.close();
              await together.close();
            }
          }),
          { numRuns: runs },
        );
      },
      LONG,
    );

    test(
      "trap 1.10, reports that cancel each other, at once, leave nothing of each other",
      async () => {
        await fc.assert(
          fc.asyncProperty(cancelling, fc.scheduler(), async (reports, scheduler) => {
            const { table, close } = await startEmpty();
            try {
              const record = recorderOf(table);
              for (const recipient of ADDRESSES) {
                await record(soft(0, { recipient }));
                await record(delivered(0.5, { recipient }));
              }
              await scheduler.waitFor(handlersAtOnce(reports, recorderOf(scheduled("table", table, scheduler))));
              for (const address of ADDRESSES)
                expect(await table.get(address)).toMatchObject({ reason: null, counts: { transient: 0 } });
            } finally {
              await close();
            }
          }),
          { numRuns: runs * 3 },
        );
      },
      LONG,
    );

    test(
      "each report again, in whatever order, leaves the table as it is, to the byte",
      async () => {
        const all = fc.array(arbitraryFeedback(ADDRESSES), { minLength: 20, maxLength: 40 });
        const twice = all.chain((first) =>
          fc.tuple(fc.constant(first), fc.shuffledSubarray(first, { minLength: first.length })),
        );
        await fc.assert(
          fc.asyncProperty(twice, async ([first, again]) => {
            const { table, dump, close } = await startEmpty();
            try {
              const record = recorderOf(table);
              for (const feedback of first) await record(feedback);
              const before = await dump();
              for (const feedback of again) await record(feedback);
              expect(await dump()).toEqual(before);
              expect(before).not.toEqual([]);
            } finally {
              await close();
            }
          }),
          { numRuns: runs },
        );
      },
      LONG,
    );

    test(
      "any order leaves the same",
      async () => {
        await fc.assert(
          fc.asyncProperty(
            fc
              .array(arbitraryFeedback(ADDRESSES.slice(0, 2)), { minLength: 2, maxLength: 25 })
              .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
            async ([inOrder, shuffled]) => {
              const [first, second] = await Promise.all([startEmpty(), startEmpty()]);
              try {
                for (const feedback of inOrder) await recorderOf(first.table)(feedback);
                for (const feedback of shuffled) await recorderOf(second.table)(feedback);
                expect(await contents(second.table)).toEqual(await contents(first.table));
              } finally {
                await first.close();
                await second.close();
              }
            },
          ),
          { numRuns: runs },
        );
      },
      LONG,
    );
  });
}

async function handlersAtOnce(delivered: readonly [Feedback, number, number | null][], handle: Handle): Promise<void> {
  const queues = Array.from({ length: HANDLERS }, (): Feedback[] => []);
  for (const [feedback, first, second] of delivered) {
    queues[first]?.push(feedback);
    if (second !== null) queues[second]?.push(feedback);
  }
  await Promise.all(
    queues.map(async (queue) => {
      for (const feedback of queue) await handle(feedback);
    }),
  );
}
