import { arrivals } from "./arrivals.ts";
import { seededRandom } from "./random.ts";
import type { Scenario, Work } from "./scenario.ts";

/** A mail that Lambda was told of. */
export interface Mail {
  readonly arrivedAt: number;
  readonly work: Work;
  /** The partition of the mail log in which its entry lies. */
  readonly partition: number;
  hasAlerted: boolean;
  throttles: number;
  failures: number;
}

/** One stream of chance for each thing, so that a changed limit does not change which mails come. */
const STREAM = { arrivals: 1, mails: 2, backOff: 3 } as const;

/** @returns the mail that comes after that time, if one does before the end */
export function mailsOf({ seed, span, rateAt, work, dynamo }: Scenario): (after: number) => Mail | undefined {
  const next = arrivals(rateAt, span, seededRandom(seed, STREAM.arrivals));
  const random = seededRandom(seed, STREAM.mails);
  return (after) => {
    const arrivedAt = next(after);
    if (arrivedAt === Number.POSITIVE_INFINITY) return undefined;
    const drawn = { work: work(random), partition: Math.floor(random() * dynamo.partitions) };
    return { arrivedAt, ...drawn, hasAlerted: false, throttles: 0, failures: 0 };
  };
}

/** @returns seconds, doubled with each time, of which up to a half is left to chance, so that not all come again at once */
export function backOffOf({ seed, lambda }: Scenario): (mail: Mail) => number {
  const { first, longest } = lambda.backOff;
  const random = seededRandom(seed, STREAM.backOff);
  return ({ throttles }) => Math.min(longest, first * 2 ** (throttles - 1)) * (0.5 + random() / 2);
}
