import { ASSUMED_WAITING, durationOf } from "../../cli/cost/measured.ts";
import type { Random } from "./random.ts";
import type { Work } from "./scenario.ts";

/** Bytes of a mail, and which share of all mails are so large. Assumed: 73 KB on average, which few large mails make. */
export const SIZES = [
  { size: 4_000, share: 0.25 },
  { size: 20_000, share: 0.35 },
  { size: 60_000, share: 0.29 },
  { size: 200_000, share: 0.095 },
  { size: 1_000_000, share: 0.0138 },
  { size: 10_000_000, share: 0.0011 },
  { size: 40_000_000, share: 0.0001 },
] as const;

export const MEAN_SIZE = SIZES.reduce((sum, { size, share }) => sum + size * share, 0);

/** Milliseconds of one of the three calls that a run waits for. */
const CALL = ASSUMED_WAITING / 3;

/** What process-mail has to do for a mail drawn from the table, as measured. */
export function measuredWork(memory: number, matched: number): (random: Random) => Work {
  const durations = SIZES.map(({ size }) => durationOf(size, memory));
  return (random) => {
    const duration = durations[drawSize(random())] ?? 0;
    const alerts = random() < matched;
    // An alert costs two calls more: its mark is put down, and it is published.
    return { alerts, before: (duration - CALL + (alerts ? 2 * CALL : 0)) / 1000, after: CALL / 1000 };
  };
}

/** Seconds of a run on average. */
export function meanDuration(memory: number, matched: number): number {
  const mean = SIZES.reduce((sum, { size, share }) => sum + share * durationOf(size, memory), 0);
  return (mean + 2 * CALL * matched) / 1000;
}

function drawSize(drawn: number): number {
  let upTo = 0;
  const place = SIZES.findIndex(({ share }) => {
    upTo += share;
    return drawn < upTo;
  });
  return place < 0 ? SIZES.length - 1 : place;
}
