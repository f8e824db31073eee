import type { Alert } from "../alerts/alert.ts";
import { PublishError } from "../errors.ts";
import type { Feedback } from "../feedback/feedback.ts";
import type { AlertTopic } from "../ports.ts";
import type { Evaluation } from "./decide.ts";
import { feedbackKey } from "./effect-key.ts";

/** Where effects go. */
export interface EffectPorts {
  readonly alerts: AlertTopic;
  /** Takes in one report about a mail of ours. Without it reports are only told. */
  readonly recordFeedback?: ((feedback: Feedback) => Promise<unknown>) | undefined;
}

/** What has happened, and why something that was called for has not. */
export interface Acted {
  /** Keys of the effects that happened now. */
  readonly done: readonly string[];
  readonly failures: readonly unknown[];
}

/**
 * Makes happen what an evaluation calls for and was not done before. Never rejects: one effect that fails keeps no other from happening.
 *
 * @param before keys of what was done before
 * @param beforePublishing the last that is done to alerts before they go out, as it gives them back; when it fails they do not. Recording a report twice
 *   changes nothing
 */
export async function act(
  { alerts, feedback }: Evaluation,
  before: ReadonlySet<string>,
  ports: EffectPorts,
  beforePublishing: (alerts: readonly Alert[]) => Promise<readonly Alert[]>,
): Promise<Acted> {
  const recorded = await recordEach(
    feedback.filter((report) => !before.has(feedbackKey(report))),
    ports.recordFeedback,
  );
  const published = await publish(
    alerts.filter(({ id }) => !before.has(id)),
    ports.alerts,
    beforePublishing,
  );
  return {
    done: [...recorded.done, ...published.done],
    failures: [...recorded.failures, ...published.failures],
  };
}

/** Whether an evaluation calls for something that was not done before. */
export function isDue({ alerts, feedback }: Evaluation, before: ReadonlySet<string>): boolean {
  return alerts.some(({ id }) => !before.has(id)) || feedback.some((report) => !before.has(feedbackKey(report)));
}

async function recordEach(
  feedback: readonly Feedback[],
  recordFeedback: EffectPorts["recordFeedback"],
): Promise<Acted> {
  const done: string[] = [];
  const failures: unknown[] = [];
  if (recordFeedback === undefined) return { done, failures };
  for (const report of feedback) {
    try {
      await recordFeedback(report);
      done.push(feedbackKey(report));
    } catch (error) {
      failures.push(error);
    }
  }
  return { done, failures };
}

/** Of an error that does not say which alerts went out, none count: an alert rather goes out twice than never. */
async function publish(
  due: readonly Alert[],
  topic: AlertTopic,
  beforePublishing: (alerts: readonly Alert[]) => Promise<readonly Alert[]>,
): Promise<Acted> {
  const ids = due.map(({ id }) => id);
  try {
    if (due.length > 0) await topic.publish(await beforePublishing(due));
    return { done: ids, failures: [] };
  } catch (failure) {
    const failed = failure instanceof PublishError ? failure.failedIds : ids;
    return { done: ids.filter((id) => !failed.includes(id)), failures: [failure] };
  }
}
