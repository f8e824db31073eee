import { estimate } from "../../cli/cost/estimate.ts";
import { durationOf, MEASURED } from "../../cli/cost/measured.ts";
import { SIZES } from "./mail-sizes.ts";
import type { SimulateOptions } from "./options.ts";

/** Days of the month that `mailroom cost` goes by. */
const DAYS_IN_MONTH = 30;

export interface DailyCost {
  readonly usd: number;
  /** If everything that is uncertain about what counts is decided against us. */
  readonly worst: number;
  readonly byService: Readonly<Record<string, number>>;
}

/** What `mailroom cost` says of a day, each size of mail by itself: a few large mails have chunks that their average has not. */
export function dailyCost(
  options: Pick<SimulateOptions, "mailsPerDay" | "matched" | "memory" | "keepDays">,
): DailyCost {
  const { mailsPerDay, matched, memory, keepDays } = options;
  const { writes, logged } = MEASURED;
  const estimates = SIZES.map(({ size, share }) =>
    estimate({
      mails: mailsPerDay * DAYS_IN_MONTH * share,
      ...{ size, matched, keepDays, memory, duration: durationOf(size, memory), writes, logged },
    }),
  );
  const aDay = (amounts: readonly number[]): number => amounts.reduce((sum, usd) => sum + usd, 0) / DAYS_IN_MONTH;
  const byService = Map.groupBy(
    estimates.flatMap(({ parts }) => parts),
    ({ service }) => service,
  );
  return {
    usd: aDay(estimates.map(({ total }) => total)),
    worst: aDay(estimates.map(({ worst }) => worst)),
    byService: Object.fromEntries([...byService].map(([name, parts]) => [name, aDay(parts.map(({ usd }) => usd))])),
  };
}
