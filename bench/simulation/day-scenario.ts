import { DAY, type DayOfMail, defaultSpan, rateOfDay } from "./arrivals.ts";
import { AFTER_ERROR, BACK_OFF, coldStartOf, IDLE_SECONDS, PATIENCE, SCALE_UP_SECONDS } from "./assumptions.ts";
import { meanDuration, measuredWork } from "./mail-sizes.ts";
import type { SimulateOptions } from "./options.ts";
import type { Scenario } from "./scenario.ts";

/** The scenario that a call asks for. */
export function dayScenario(options: SimulateOptions): Scenario {
  const { hours, memory, matched, publishRate, tableWrites, seed } = options;
  const span = hours === undefined ? defaultSpan(options) : Math.max(1, Math.round((hours / 24) * DAY));
  const partitions = Math.ceil(tableWrites / options.partitionWrites);
  const writes = tableWrites / partitions;
  const day: DayOfMail = { ...options, span };
  return {
    seed,
    span,
    rateAt: rateOfDay(day),
    work: measuredWork(memory, matched),
    lambda: lambdaOf(options, day),
    sns: { rate: { perSecond: publishRate, atOnce: publishRate }, patience: PATIENCE },
    dynamo: { rate: { perSecond: writes, atOnce: Math.max(writes, 2) }, partitions, patience: PATIENCE },
  };
}

function lambdaOf(options: SimulateOptions, day: DayOfMail): Scenario["lambda"] {
  const { concurrency, scaleUp, memory, matched, coldStart = coldStartOf(memory), waiting, maxAge } = options;
  const busy = rateOfDay(day)(0) * meanDuration(memory, matched);
  return {
    concurrency,
    // A function may take all at once that it did not take in the seconds before.
    scaleUp: { perSecond: scaleUp / SCALE_UP_SECONDS, atOnce: scaleUp },
    coldStart: coldStart / 1000,
    idle: IDLE_SECONDS,
    // What the minutes before have left: as many as are busy on average, and as many more as chance now and then asks for.
    warm: Math.min(concurrency, Math.ceil(busy + 4 * Math.sqrt(busy))),
    waiting,
    backOff: BACK_OFF,
    afterError: AFTER_ERROR,
    maxAge,
  };
}
