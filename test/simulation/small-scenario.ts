import { exponential } from "../../bench/simulation/random.ts";
import type { Rate } from "../../bench/simulation/rate-limit.ts";
import type { Scenario } from "../../bench/simulation/scenario.ts";

const UNLIMITED: Rate = { perSecond: Number.POSITIVE_INFINITY, atOnce: Number.POSITIVE_INFINITY };

/** Mails at a constant rate, each of which takes a second on average and raises no alert; no limit but those that are given. */
export function smallScenario(given: {
  readonly rate: number;
  readonly span: number;
  readonly seed?: number;
  readonly alerts?: boolean;
  readonly lambda?: Partial<Scenario["lambda"]>;
  readonly sns?: Scenario["sns"];
  readonly dynamo?: Scenario["dynamo"];
}): Scenario {
  const { rate, span, seed = 7, alerts = false, lambda } = given;
  return {
    seed,
    span,
    rateAt: () => rate,
    work: (random) => ({ alerts, before: exponential(1, random), after: 0 }),
    lambda: {
      concurrency: Number.POSITIVE_INFINITY,
      scaleUp: UNLIMITED,
      coldStart: 0,
      idle: 300,
      warm: 0,
      waiting: "queue",
      backOff: { first: 1, longest: 300 },
      afterError: [60, 120],
      maxAge: 21_600,
      ...lambda,
    },
    sns: given.sns ?? { rate: UNLIMITED, patience: 1 },
    dynamo: given.dynamo ?? { rate: UNLIMITED, patience: 1, partitions: 1 },
  };
}
