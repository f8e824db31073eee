import { type Assumption, LIMITS } from "./assumptions.ts";
import { type DailyCost, dailyCost } from "./daily-cost.ts";
import type { SimulateOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";

/** A limit, and how near the busiest second came to it. */
export interface LimitUse {
  readonly name: string;
  readonly unit: string;
  readonly peak: number;
  readonly limit: number;
  /** Of the limit, 0 to 1; above 1 where nothing is held back in the simulation. */
  readonly share: number;
  /** The second in which somebody first had to wait, or was refused. */
  readonly metAt: number | null;
  readonly sure: Assumption["sure"] | "given";
  readonly fact: string;
}

export interface Findings {
  readonly options: SimulateOptions;
  readonly outcome: Outcome;
  /** That which is met first comes first. */
  readonly limits: readonly LimitUse[];
  readonly cost: DailyCost;
}

export function findings(options: SimulateOptions, outcome: Outcome): Findings {
  return { options, outcome, limits: limitsOf(options, outcome).toSorted(byWhenMet), cost: dailyCost(options) };
}

function limitsOf(options: SimulateOptions, outcome: Outcome): LimitUse[] {
  const { limits, concurrency, arrivals, reads, publishes, writeUnits } = outcome;
  const { scaleUp, publishRate, tableWrites } = options;
  const { used } = limits.scaleUp;
  return [
    use(
      "Lambda concurrency",
      "runs at once",
      concurrency.peak,
      options.concurrency,
      LIMITS.concurrency,
      limits.concurrency.metAt,
    ),
    use("Lambda scale-up", "new environments in 10 s", used * scaleUp, scaleUp, LIMITS.scaleUp, limits.scaleUp.metAt),
    use("SNS publish", "messages a second", publishes.peak, publishRate, LIMITS.publishRate, limits.sns.metAt),
    use(
      "DynamoDB mail log",
      "write units a second",
      writeUnits.peak,
      tableWrites,
      LIMITS.tableWrites,
      limits.dynamo.metAt,
    ),
    use("S3 PUT below mail/", "requests a second", arrivals.peak, LIMITS.s3Puts.value, LIMITS.s3Puts),
    use("S3 GET below mail/", "requests a second", reads.peak, LIMITS.s3Gets.value, LIMITS.s3Gets),
  ];
}

function use(
  name: string,
  unit: string,
  peak: number,
  limit: number,
  { value, sure, fact }: Assumption,
  metAt: number | undefined = undefined,
): LimitUse {
  const known = { sure: limit === value ? sure : ("given" as const), fact: fact ?? "" };
  return { name, unit, peak, limit, share: peak / limit, metAt: metAt ?? null, ...known };
}

/** What was met, earliest first; then what is nearest to it. */
function byWhenMet(one: LimitUse, other: LimitUse): number {
  const [met, otherMet] = [one.metAt ?? Number.POSITIVE_INFINITY, other.metAt ?? Number.POSITIVE_INFINITY];
  return met === otherMet ? other.share - one.share : met - otherMet;
}
