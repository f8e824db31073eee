/** Where our metrics are found in CloudWatch. */
const NAMESPACE = "Mailroom";

/** What was measured of one thing. */
export interface Measured {
  /** Values of the dimensions, by name. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Names of dimensions that make a metric together: each metric is told once for each of these sets. */
  readonly sets: readonly (readonly string[])[];
  readonly metrics: Readonly<Record<string, Measure>>;
}

export interface Measure {
  readonly unit: "Count" | "Milliseconds";
  readonly value: number;
}

/**
 * A log line that CloudWatch reads metrics from (embedded metric format): it names, under `_aws`, which of its keys are dimensions and which are
 * metrics. Nothing is called and nothing waited for.
 *
 * @param now ISO 8601
 * @returns one line, its line end included
 */
export function embeddedMetrics({ dimensions, sets, metrics }: Measured, now: string): string {
  const measures = Object.entries(metrics);
  const directive = {
    Namespace: NAMESPACE,
    Dimensions: sets,
    Metrics: measures.map(([Name, { unit: Unit }]) => ({ Name, Unit })),
  };
  const values = Object.fromEntries(measures.map(([name, { value }]) => [name, value]));
  const told = { _aws: { Timestamp: Date.parse(now), CloudWatchMetrics: [directive] }, ...dimensions, ...values };
  return `${JSON.stringify(told)}\n`;
}
