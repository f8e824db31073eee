import { PublishError } from "../errors.ts";
import type { AlertTopic, MailLog } from "../ports.ts";
import type { Evaluation } from "./decide.ts";
import type { MailRecord } from "./record.ts";

/** Where effects go, and where it is kept that they happened. Without a log every evaluation is taken for new. */
export interface ActPorts {
  readonly alerts: AlertTopic;
  readonly mailLog?: MailLog | undefined;
}

/**
 * Makes happen what an evaluation calls for and has not happened yet, and records it.
 *
 * An action counts as done after it happened, never before: a crash in between repeats it, where the other order would
 * lose it. A mail whose actions were all done before is a `duplicate`, and its record stays as it was.
 *
 * @returns the record with the status of each action
 * @throws {PublishError} after recording which alerts did go out, so that a retry sends only the others
 */
export async function act({ record, alerts }: Evaluation, { alerts: topic, mailLog }: ActPorts): Promise<MailRecord> {
  const earlier = await mailLog?.find(record.sesMessageId);
  const done = new Set(earlier?.actions.filter(({ status }) => status === "done").map(({ id }) => id));
  const due = alerts.filter(({ id }) => !done.has(id));
  if (earlier !== undefined && due.length === 0)
    return withStatus({ ...record, outcome: "duplicate" }, () => "skipped");
  try {
    await topic.publish(due);
  } catch (error) {
    if (error instanceof PublishError) {
      const failed = new Set(error.failedIds);
      await mailLog?.save(withStatus(record, (id) => (failed.has(id) ? "planned" : "done")));
    }
    throw error;
  }
  const finished = withStatus(record, () => "done");
  await mailLog?.save(finished);
  return finished;
}

type Status = MailRecord["actions"][number]["status"];

function withStatus(record: MailRecord, statusOf: (id: string) => Status): MailRecord {
  return { ...record, actions: record.actions.map((action) => ({ ...action, status: statusOf(action.id) })) };
}
