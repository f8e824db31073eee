import type { Alert } from "../alerts/alert.ts";
import { PublishError } from "../errors.ts";
import type { Feedback } from "../feedback/feedback.ts";
import type { AlertTopic, MailLog } from "../ports.ts";
import type { Evaluation } from "./decide.ts";
import type { MailRecord, RecordedAction } from "./record.ts";

/** Where effects go, and where it is kept that they happened. Without a log every evaluation is taken for new. */
export interface ActPorts {
  readonly alerts: AlertTopic;
  readonly mailLog?: MailLog | undefined;
  /** Takes in one report about a mail of ours; the same again changes nothing. Without it reports are only told. */
  readonly recordFeedback?: ((feedback: Feedback) => Promise<unknown>) | undefined;
}

/** What has happened, and why something that was called for has not. */
export interface Acted {
  /** True whatever failed: an action that is `done` happened, now or in an earlier run; one that is `planned` is still due. */
  readonly record: MailRecord;
  readonly failure?: unknown;
}

/**
 * Makes happen what an evaluation calls for and has not happened yet, and records it. Never rejects.
 *
 * An action counts as done after it happened, never before: a crash in between repeats it, where the other order would
 * lose it. A mail whose actions were all done before is a `duplicate`, and its record stays as it was. What was done
 * stays in the record when the rules have changed and call for something else: it is evidence.
 *
 * Reports are handed on each time, of a duplicate as well: they are keyed where they are kept, and whose are believed may have
 * changed since.
 */
export async function act(evaluation: Evaluation, ports: ActPorts): Promise<Acted> {
  const failures = await recordEach(evaluation.feedback, ports.recordFeedback);
  const { record, failure } = await actOnce(evaluation, ports);
  if (failure !== undefined) failures.push(failure);
  if (failures.length < 2) return failures.length === 0 ? { record } : { record, failure: failures[0] };
  return { record, failure: new AggregateError(failures, `${failures.length} effects failed`) };
}

async function recordEach(
  feedback: readonly Feedback[],
  recordFeedback: ActPorts["recordFeedback"],
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const report of feedback) {
    try {
      await recordFeedback?.(report);
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

async function actOnce(evaluation: Evaluation, { alerts: topic, mailLog }: ActPorts): Promise<Acted> {
  let { record } = evaluation;
  let failure: unknown;
  try {
    const earlier = await findSame(record, mailLog);
    const before = earlier?.actions.filter(({ status }) => status === "done") ?? [];
    const due = evaluation.alerts.filter(({ id }) => !before.some((action) => action.id === id));
    if (earlier !== undefined && due.length === 0) return { record: duplicate(record) };
    const outcome = await publish(topic, due);
    failure = outcome.failure;
    record = withDone(record, before, outcome.published);
    await mailLog?.save(record);
  } catch (error) {
    failure = failure === undefined ? error : new AggregateError([failure, error], "alerts and the record both failed");
  }
  return { record, failure };
}

/**
 * The earlier record of this mail. One of other bytes is of another mail: an id that was read from a stored mail's own
 * headers can be anybody's, and must not silence the mail that bears it.
 */
async function findSame(record: MailRecord, mailLog: MailLog | undefined): Promise<MailRecord | undefined> {
  const earlier = await mailLog?.find(record.sesMessageId);
  return earlier?.sha256 === record.sha256 ? earlier : undefined;
}

/** The ids that went out. Of an error that does not say which, none count: an alert rather goes out twice than never. */
async function publish(
  topic: AlertTopic,
  due: readonly Alert[],
): Promise<{ readonly published: readonly string[]; readonly failure?: unknown }> {
  const ids = due.map(({ id }) => id);
  try {
    await topic.publish(due);
    return { published: ids };
  } catch (failure) {
    const failed = failure instanceof PublishError ? failure.failedIds : ids;
    return { published: ids.filter((id) => !failed.includes(id)), failure };
  }
}

function withDone(record: MailRecord, before: readonly RecordedAction[], published: readonly string[]): MailRecord {
  const ids = new Set(record.actions.map(({ id }) => id));
  const done = new Set([...before.map(({ id }) => id), ...published]);
  const actions = record.actions.map((action) => (done.has(action.id) ? withStatus(action, "done") : action));
  return { ...record, actions: [...before.filter(({ id }) => !ids.has(id)), ...actions] };
}

function duplicate(record: MailRecord): MailRecord {
  return { ...record, outcome: "duplicate", actions: record.actions.map((action) => withStatus(action, "skipped")) };
}

function withStatus(action: RecordedAction, status: RecordedAction["status"]): RecordedAction {
  return { ...action, status };
}
