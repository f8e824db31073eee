import type { Environments } from "./environments.ts";
import { type Level, levelMeter, rateMeter, type Summary, samples } from "./meters.ts";
import type { RateLimit } from "./rate-limit.ts";

/** How a limit fared. */
interface LimitOutcome {
  /** The largest share of what may be had at once that was in use; 1 once somebody had to wait. */
  readonly used: number;
  /** The second in which somebody first had to wait, or was refused. */
  readonly metAt: number | undefined;
}

interface Requests {
  readonly total: number;
  /** In the second that had most. */
  readonly peak: number;
}

/** What came of a simulated time. Each mail that arrived is done, or running, waiting or given up at the end. */
export interface Outcome {
  readonly span: number;
  readonly arrived: number;
  readonly done: number;
  readonly running: number;
  readonly waiting: number;
  readonly givenUp: number;
  /** Mails of which Lambda held a run back. */
  readonly throttled: number;
  /** Tries that failed because SNS or DynamoDB did not take a request. */
  readonly failed: number;
  readonly runs: number;
  readonly coldStarts: number;
  readonly concurrency: Level;
  /** Mails that are waiting or running. */
  readonly inSystem: Level;
  /** Seconds from the call of Lambda to the first run; of a mail that has had none, what it has waited so far. */
  readonly wait: Summary;
  /** Seconds from the call of Lambda until SNS has the alerts. */
  readonly alertLatency: Summary;
  /** Seconds from the call of Lambda to the end, of mails that are done. */
  readonly timeInSystem: Summary;
  readonly arrivals: Requests;
  readonly reads: Requests;
  readonly publishes: Requests;
  readonly writeUnits: Requests;
  readonly limits: Readonly<Record<"concurrency" | "scaleUp" | "sns" | "dynamo", LimitOutcome>>;
}

/** All that is counted while it goes on. */
export function gauges() {
  return {
    counts: { arrived: 0, done: 0, givenUp: 0, throttled: 0, failed: 0, runs: 0, coldStarts: 0 },
    inSystem: levelMeter(),
    wait: samples(),
    alertLatency: samples(),
    timeInSystem: samples(),
    arrivals: rateMeter(),
    reads: rateMeter(),
    publishes: rateMeter(),
    writeUnits: rateMeter(),
  };
}

export type Gauges = ReturnType<typeof gauges>;

interface Limits {
  readonly concurrency: number;
  readonly pool: Environments;
  readonly topic: RateLimit;
  readonly partitions: readonly RateLimit[];
}

export function outcomeOf(span: number, gauged: Gauges, { concurrency, pool, topic, partitions }: Limits): Outcome {
  const { counts, inSystem, wait, alertLatency, timeInSystem } = gauged;
  const { arrivals, reads, publishes, writeUnits } = gauged;
  const running = pool.busy.level();
  const busy = pool.busy.summary(span);
  const met = partitions.flatMap((partition) => partition.metAt() ?? []);
  return {
    span,
    ...counts,
    running,
    waiting: inSystem.level() - running,
    concurrency: busy,
    inSystem: inSystem.summary(span),
    wait: wait.summary(),
    alertLatency: alertLatency.summary(),
    timeInSystem: timeInSystem.summary(),
    arrivals: requests(arrivals),
    reads: requests(reads),
    publishes: requests(publishes),
    writeUnits: requests(writeUnits),
    limits: {
      concurrency: { used: busy.peak / concurrency, metAt: pool.fullAt() },
      scaleUp: limit(pool.scaleUp),
      sns: limit(topic),
      dynamo: {
        used: Math.max(...partitions.map((partition) => partition.used())),
        metAt: met.length === 0 ? undefined : Math.min(...met),
      },
    },
  };
}

function requests({ total, peak }: Gauges["reads"]): Requests {
  return { total: total(), peak: peak() };
}

function limit({ used, metAt }: Pick<RateLimit, "used" | "metAt">): LimitOutcome {
  return { used: used(), metAt: metAt() };
}
