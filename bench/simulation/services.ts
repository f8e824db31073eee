import type { Mail } from "./mail.ts";
import type { Gauges } from "./outcome.ts";
import { rateLimit } from "./rate-limit.ts";
import type { Scenario } from "./scenario.ts";

/** What a run asks of SNS and DynamoDB. Each answer is in how many seconds it is done; `undefined` is a refusal. */
export function services({ sns, dynamo }: Scenario, gauged: Gauges) {
  const topic = rateLimit(sns.rate);
  const partitions = Array.from({ length: dynamo.partitions }, () => rateLimit(dynamo.rate));
  return {
    topic,
    partitions,
    write(now: number, { partition }: Mail, units: number): number | undefined {
      const wait = partitions[partition]?.take(now, units, dynamo.patience);
      if (wait !== undefined) gauged.writeUnits.add(now + wait, units);
      return wait;
    },
    publish(now: number): number | undefined {
      const wait = topic.take(now, 1, sns.patience);
      if (wait !== undefined) gauged.publishes.add(now + wait);
      return wait;
    },
  };
}
