import { exponential, type Random } from "./random.ts";

/** Mails a second, at a second of the simulated time. */
export type RateAt = (second: number) => number;

/**
 * Arrivals at random (a Poisson process), at a rate that is the same for a whole second.
 *
 * @returns the time of the arrival after the one before; infinity when there is none before `end`
 */
export function arrivals(rateAt: RateAt, end: number, random: Random): (before: number) => number {
  return (before) => {
    let now = before;
    while (now < end) {
      const second = Math.floor(now);
      const rate = rateAt(second);
      const next = rate > 0 ? now + exponential(rate, random) : Number.POSITIVE_INFINITY;
      if (next < Math.min(second + 1, end)) return next;
      // What did not happen in one second says nothing about the next.
      now = second + 1;
    }
    return Number.POSITIVE_INFINITY;
  };
}

export const DAY = 86_400;

/** A simulated stretch of a day, around its busiest moment. */
export interface DayOfMail {
  readonly mailsPerDay: number;
  /** How many times the mean its busiest moment has: 1 for the same all day, up to 2, where the quietest has nothing. */
  readonly peak: number;
  /** How many times as much there is during the burst, which is in the middle. */
  readonly burst: number;
  readonly burstSeconds: number;
  /** Seconds that are simulated. */
  readonly span: number;
}

/** A day is a wave around its mean. The simulated stretch has its top in the middle. */
export function rateOfDay({ mailsPerDay, peak, burst, burstSeconds, span }: DayOfMail): RateAt {
  const mean = mailsPerDay / DAY;
  return (second) => {
    const fromTop = second + 0.5 - span / 2;
    const wave = 1 + (peak - 1) * Math.cos((2 * Math.PI * fromTop) / DAY);
    return mean * wave * (Math.abs(fromTop) <= burstSeconds / 2 ? burst : 1);
  };
}

/** So many mails are simulated in some seconds, and say enough. */
const ENOUGH = 2_000_000;
/** Long enough for what a burst leaves behind to be worked off. */
const LEAST_SPAN = 600;

/** Seconds to be simulated when nobody says: the whole day, unless its busiest part has mails enough. */
export function defaultSpan({ mailsPerDay, peak }: Pick<DayOfMail, "mailsPerDay" | "peak">): number {
  if (mailsPerDay <= ENOUGH) return DAY;
  return Math.round(Math.min(DAY, Math.max(LEAST_SPAN, ENOUGH / ((mailsPerDay / DAY) * peak))));
}
