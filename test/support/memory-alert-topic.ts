import type { Alert } from "../../shared/alerts/alert.ts";
import { PublishError } from "../../shared/errors.ts";
import type { AlertTopic } from "../../shared/ports.ts";

/** A topic that keeps what is published until the test ends. Alerts of the rules in `broken` fail, the others go out. */
export function memoryAlertTopic(broken: readonly string[] = []): AlertTopic & {
  /** In the order of publishing. */
  readonly published: readonly Alert[];
  /** May be changed at any time. */
  readonly broken: Set<string>;
} {
  const published: Alert[] = [];
  const failing = new Set(broken);
  return {
    published,
    broken: failing,
    async publish(alerts) {
      const failed = alerts.filter(({ rule }) => failing.has(rule));
      published.push(...alerts.filter((alert) => !failed.includes(alert)));
      if (failed.length > 0) throw new PublishError(failed.map(({ id }) => ({ id, reason: "throttled" })));
    },
  };
}
