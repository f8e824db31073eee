/** What is known of AWS's limits, and how well: docs/ses-facts.md says what the words mean. */
type Sure = "documented" | "believed" | "assumed";

/** A figure that a run goes by, unless it is told another. */
export interface Assumption {
  readonly value: number;
  readonly sure: Sure;
  /** The number of the fact; none where nothing but AWS itself could tell. */
  readonly fact?: string;
}

export const LIMITS = {
  /** Runs at once of all functions of the account in the region. New accounts have less. */
  concurrency: { value: 1_000, sure: "documented", fact: "6.2" },
  /** New environments of one function in ten seconds. */
  scaleUp: { value: 1_000, sure: "documented", fact: "6.2" },
  /** Messages a second in eu-west-1, where serverless.yml has the stack. */
  publishRate: { value: 9_000, sure: "documented", fact: "6.1" },
  /** Write units a second of a table. */
  tableWrites: { value: 40_000, sure: "believed", fact: "6.4" },
  /** Write units a second of a partition. */
  partitionWrites: { value: 1_000, sure: "believed", fact: "6.4" },
  /** Requests a second below one prefix of a bucket. Nothing is held back for it in the simulation. */
  s3Puts: { value: 3_500, sure: "believed", fact: "6.5" },
  s3Gets: { value: 5_500, sure: "believed", fact: "6.5" },
} as const satisfies Record<string, Assumption>;

/** Seconds over which Lambda's limit of new environments goes. */
export const SCALE_UP_SECONDS = 10;

/** Seconds before something throttled is tried again: the first and the longest time; and before a second and a third try of what failed (SES fact 1.12). */
export const BACK_OFF = { first: 1, longest: 300 } as const;
export const AFTER_ERROR = [60, 120] as const;

/** Seconds for which the SDK goes on trying a request that is throttled. Assumed: it tries three times, with less than a second between. */
export const PATIENCE = 1;

/** Seconds that Lambda keeps an environment which nobody needs. Assumed: AWS promises nothing, minutes were seen. */
export const IDLE_SECONDS = 300;

/**
 * Milliseconds of a cold start. CPU: the bundle of process-mail loaded in a fresh process on 2026-11-24, Node 24.21 (x64) on one core of an AMD EPYC, median of nine
 * (181 to 222). Lambda's own share, which nothing but AWS can tell, is assumed.
 */
const COLD_START = { cpu: 197, lambda: 200 } as const;

/** Megabytes that come with one whole core (SES fact 6.2). That Lambda gives a function more while it begins is not counted on. */
const MEMORY_OF_A_CORE = 1_769;

export function coldStartOf(memory: number): number {
  return Math.round(COLD_START.cpu / Math.min(1, memory / MEMORY_OF_A_CORE) + COLD_START.lambda);
}
