import { describe, expect, test } from "vitest";
import { PublishError } from "../../shared/errors.ts";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { isOfNoMail } from "../../shared/inbound/alert-trace.ts";
import { applyEvaluation } from "../../shared/inbound/apply-evaluation.ts";
import type { Evaluation } from "../../shared/inbound/decide.ts";
import type { MailRecord } from "../../shared/inbound/record.ts";
import type { WorkPorts } from "../../shared/inbound/work-on-mail.ts";
import type { AlertTopic, MailLog } from "../../shared/ports.ts";
import { alertOf } from "../support/alerts.ts";
import { bounceOf, delayOf } from "../support/feedback.ts";
import { memoryAlertTopic } from "../support/memory-alert-topic.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { recordOf } from "../support/records.ts";
import { runsFrom } from "../support/runs.ts";

/** What a mail calls for that these rules match. */
function evaluationOf(...rules: readonly string[]): Evaluation {
  const alerts = rules.map((rule) => alertOf({ rule }));
  const matches = rules.map((rule) => ({ rule, because: [] }));
  const actions = alerts.map(({ id, rule, topic }) => ({ id, rule, type: "alert", topic, status: "planned" }) as const);
  return { record: recordOf({ matches, actions }), alerts, feedback: [] };
}

/** Acts on an evaluation, in a run of its own; what a test is not about works. */
function act(evaluation: Evaluation, ports: Partial<WorkPorts>) {
  return applyEvaluation(evaluation, { alerts: topicOf().topic, mailLog: memoryMailLog(), ...runsFrom(), ...ports });
}

/** The one record that a log holds. */
async function kept(mailLog: MailLog): Promise<MailRecord | null | undefined> {
  for await (const { record } of mailLog.list()) return record;
  return undefined;
}

const statuses = (record: MailRecord | null | undefined) =>
  record?.actions.map(({ rule, status }) => `${rule} ${status}`);

/** A topic that publishes, but for the rules in `broken`; with `down` it fails as a whole. */
function topicOf() {
  const { published, broken, publish } = memoryAlertTopic();
  const down: { error?: Error } = {};
  const topic: AlertTopic = {
    async publish(alerts) {
      if (down.error) throw down.error;
      await publish(alerts);
    },
  };
  return { topic, broken, down, rules: () => published.map(({ rule }) => rule) };
}

/** A log that works until the mail is claimed, or not at all. */
function brokenLog(broken: "find" | "putDown"): MailLog {
  const log = memoryMailLog();
  let writings = 0;
  return {
    ...log,
    async find(key) {
      if (broken === "find") throw new Error("find failed");
      return log.find(key);
    },
    async put(entry) {
      if (broken === "find") return false;
      if (isOfNoMail(entry)) return log.put(entry);
      writings += 1;
      if (writings > 1) throw new Error("putDown failed");
      return log.put(entry);
    },
  };
}

describe("what went well", () => {
  test("all alerts are published, and the record that says so is kept", async () => {
    const [{ topic, rules }, mailLog] = [topicOf(), memoryMailLog()];
    const acted = await act(evaluationOf("a", "b"), { alerts: topic, mailLog });
    expect([statuses(acted.record), rules(), acted.failure]).toEqual([["a done", "b done"], ["a", "b"], undefined]);
    expect(await kept(mailLog)).toEqual(acted.record);
  });

  test("a mail whose alerts were all published before is a duplicate: nothing is done, its record stays", async () => {
    const [{ topic, rules }, mailLog] = [topicOf(), memoryMailLog()];
    const first = await act(evaluationOf("a"), { alerts: topic, mailLog });
    const second = await act(evaluationOf("a"), { alerts: topic, mailLog });
    expect([second.record.outcome, statuses(second.record), rules()]).toEqual(["duplicate", ["a skipped"], ["a"]]);
    expect(await kept(mailLog)).toEqual(first.record);
  });

  test("trap 1.11, another mail under the same id is no duplicate: ids of stored mail can be forged", async () => {
    const [{ topic, rules }, mailLog] = [topicOf(), memoryMailLog()];
    await act(evaluationOf("a"), { alerts: topic, mailLog });
    const evaluation = evaluationOf("a");
    const record = { ...evaluation.record, sha256: "b".repeat(64) };
    const other = await act({ ...evaluation, record }, { alerts: topic, mailLog });
    expect([other.record.outcome, rules()]).toEqual(["processed", ["a", "a"]]);
  });

  test("a mail that called for nothing is a duplicate the second time", async () => {
    const [{ topic }, mailLog] = [topicOf(), memoryMailLog()];
    const outcomes = [];
    for (const _ of [1, 2]) outcomes.push((await act(evaluationOf(), { alerts: topic, mailLog })).record.outcome);
    expect(outcomes).toEqual(["processed", "duplicate"]);
  });
});

describe("what failed is given back beside a record that is true, and the log has that record", () => {
  test("alerts that were not published are planned, the others done", async () => {
    const [{ topic, broken }, mailLog] = [topicOf(), memoryMailLog()];
    broken.add("b");
    const acted = await act(evaluationOf("a", "b"), { alerts: topic, mailLog });
    expect(statuses(acted.record)).toEqual(["a done", "b planned"]);
    expect(acted.failure).toBeInstanceOf(PublishError);
    expect(await kept(mailLog)).toEqual(acted.record);
  });

  test("trap 1.10, an alert that was published in an earlier run stays done, whatever fails now", async () => {
    const [{ topic, broken, down, rules }, mailLog] = [topicOf(), memoryMailLog()];
    broken.add("b");
    await act(evaluationOf("a", "b"), { alerts: topic, mailLog });
    down.error = new Error("no route to host");
    const acted = await act(evaluationOf("a", "b"), { alerts: topic, mailLog });
    expect([statuses(acted.record), acted.failure]).toEqual([["a done", "b planned"], down.error]);
    expect(statuses(await kept(mailLog))).toEqual(["a done", "b planned"]);
    delete down.error;
    broken.clear();
    const last = await act(evaluationOf("a", "b"), { alerts: topic, mailLog });
    expect([statuses(last.record), last.record.outcome, rules()]).toEqual([
      ["a done", "b done"],
      "processed",
      ["a", "b"],
    ]);
  });

  test("when the topic fails as a whole, nothing counts as done; the mail has its record all the same", async () => {
    const [{ topic, down }, mailLog] = [topicOf(), memoryMailLog()];
    down.error = new Error("no route to host");
    const acted = await act(evaluationOf("a"), { alerts: topic, mailLog });
    expect([statuses(acted.record), acted.failure]).toEqual([["a planned"], down.error]);
    expect(await kept(mailLog)).toEqual(acted.record);
  });

  test("a record that cannot be kept does not undo what was published", async () => {
    const acted = await act(evaluationOf("a"), { alerts: topicOf().topic, mailLog: brokenLog("putDown") });
    expect([statuses(acted.record), acted.failure]).toEqual([["a done"], new Error("putDown failed")]);
  });

  test("nothing is published when it cannot be known what was published before", async () => {
    const { topic, rules } = topicOf();
    const acted = await act(evaluationOf("a"), { alerts: topic, mailLog: brokenLog("find") });
    expect([statuses(acted.record), rules(), acted.failure]).toEqual([["a planned"], [], new Error("find failed")]);
  });

  test("two failures are both told", async () => {
    const { topic, broken } = topicOf();
    broken.add("a");
    const acted = await act(evaluationOf("a"), { alerts: topic, mailLog: brokenLog("putDown") });
    expect(acted.failure).toMatchObject({ errors: [{ name: "PublishError" }, { message: "putDown failed" }] });
  });
});

describe("when the rules have changed since the mail was handled", () => {
  test("what was done before stays in the record as done and is not repeated; what is new is done", async () => {
    const [{ topic, rules }, mailLog] = [topicOf(), memoryMailLog()];
    await act(evaluationOf("a", "b"), { alerts: topic, mailLog });
    const acted = await act(evaluationOf("b", "c"), { alerts: topic, mailLog });
    expect([statuses(acted.record), rules()]).toEqual([
      ["a done", "b done", "c done"],
      ["a", "b", "c"],
    ]);
    expect(acted.record.matches.map(({ rule }) => rule)).toEqual(["b", "c"]);
    expect(await kept(mailLog)).toEqual(acted.record);
    expect((await act(evaluationOf("a"), { alerts: topic, mailLog })).record.outcome).toBe("duplicate");
  });

  test("what was planned only and is no longer called for is dropped", async () => {
    const [{ topic, broken }, mailLog] = [topicOf(), memoryMailLog()];
    broken.add("a");
    await act(evaluationOf("a"), { alerts: topic, mailLog });
    expect(statuses((await act(evaluationOf("b"), { alerts: topic, mailLog })).record)).toEqual(["b done"]);
  });
});

describe("what a mail reports of mails of ours", () => {
  const evaluation: Evaluation = { ...evaluationOf("a"), feedback: [bounceOf({ id: "1" }), bounceOf({ id: "2" })] };

  /** Takes in reports, but for those in `broken`. */
  function tableOf() {
    const recorded: string[] = [];
    const broken = new Set<string>();
    const recordFeedback = async ({ id }: Feedback): Promise<void> => {
      if (broken.has(id)) throw new Error(`${id} not recorded`);
      recorded.push(id);
    };
    return { recorded, broken, recordFeedback };
  }

  test("is handed on, each report by itself", async () => {
    const { recorded, recordFeedback } = tableOf();
    const { failure } = await act(evaluation, { alerts: topicOf().topic, recordFeedback });
    expect([recorded, failure]).toEqual([["1", "2"], undefined]);
  });

  test("is only told where there is nowhere to record it", async () => {
    const { record, failure } = await act(evaluation, { alerts: topicOf().topic });
    expect([statuses(record), failure]).toEqual([["a done"], undefined]);
  });

  test("one that cannot be recorded keeps neither the other nor the alerts from their way, and is told", async () => {
    const [{ topic, rules }, { recorded, broken, recordFeedback }] = [topicOf(), tableOf()];
    broken.add("1");
    const { failure } = await act(evaluation, { alerts: topic, recordFeedback });
    expect([recorded, rules(), failure]).toEqual([["2"], ["a"], new Error("1 not recorded")]);
  });

  test("with several failures all are told", async () => {
    const [{ topic, broken }, table] = [topicOf(), tableOf()];
    table.broken.add("2");
    broken.add("a");
    const { failure } = await act(evaluation, { alerts: topic, recordFeedback: table.recordFeedback });
    expect(failure).toMatchObject({ errors: [{ message: "2 not recorded" }, { name: "PublishError" }] });
  });

  test("one that was recorded is not recorded again, one that failed is", async () => {
    const [{ topic, rules }, { recorded, broken, recordFeedback }] = [topicOf(), tableOf()];
    const mailLog = memoryMailLog();
    broken.add("1");
    await act(evaluation, { alerts: topic, mailLog, recordFeedback });
    broken.clear();
    const second = await act(evaluation, { alerts: topic, mailLog, recordFeedback });
    const third = await act(evaluation, { alerts: topic, mailLog, recordFeedback });
    expect([second.record.outcome, third.record.outcome]).toEqual(["processed", "duplicate"]);
    expect([recorded, rules()]).toEqual([["2", "1"], ["a"]]);
  });

  test("two that one mail tells of one recipient, delayed and then failed, are two effects", async () => {
    const [{ recorded, broken, recordFeedback }, mailLog] = [tableOf(), memoryMailLog()];
    const failed = bounceOf({ id: "1" });
    const told: Evaluation = {
      ...evaluationOf(),
      feedback: [delayOf({ id: "1", recipient: failed.recipient }), failed],
    };
    const kinds: string[] = [];
    const record = async (feedback: Feedback) => {
      if (feedback.kind === "bounce" && broken.has("bounce")) throw new Error("no table");
      kinds.push(feedback.kind);
      await recordFeedback(feedback);
    };
    broken.add("bounce");
    await act(told, { mailLog, recordFeedback: record });
    broken.clear();
    await act(told, { mailLog, recordFeedback: record });
    expect([kinds, recorded]).toEqual([
      ["delay", "bounce"],
      ["1", "1"],
    ]);
  });

  test("one that was not believed before is another effect when it is", async () => {
    const [{ recorded, recordFeedback }, mailLog] = [tableOf(), memoryMailLog()];
    const told = (trusted: boolean): Evaluation => ({ ...evaluationOf(), feedback: [bounceOf({ id: "1", trusted })] });
    for (const trusted of [false, false, true, true]) await act(told(trusted), { mailLog, recordFeedback });
    expect(recorded).toEqual(["1", "1"]);
  });
});

test("mails too large to be read whole, under one id that anybody can write, are not taken for one another", async () => {
  const mailLog = memoryMailLog();
  const { alerts, record } = evaluationOf("a");
  const large = (subject: string): Evaluation => ({
    alerts,
    feedback: [],
    record: { ...record, sha256: "", size: 43_000_000, message: { ...record.message, subject } },
  });
  const outcomes = [];
  for (const subject of ["one", "another", "one"])
    outcomes.push((await act(large(subject), { mailLog })).record.outcome);
  expect(outcomes).toEqual(["processed", "processed", "duplicate"]);
});
