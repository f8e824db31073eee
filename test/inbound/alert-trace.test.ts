import { expect, test } from "vitest";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import { MailUndecryptableError, PublishError } from "../../shared/errors.ts";
import { findKnownAlerts, isOfNoMail, nextRound, traceAlerts } from "../../shared/inbound/alert-trace.ts";
import { applyEvaluation } from "../../shared/inbound/apply-evaluation.ts";
import { createProcessMail } from "../../shared/inbound/process-mail.ts";
import type { AlertTopic, MailLog } from "../../shared/ports.ts";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import { anythingRules } from "../loops/mail-network.ts";
import { alertOf } from "../support/alerts.ts";
import { entryOf } from "../support/entries.ts";
import { memoryAlertTopic } from "../support/memory-alert-topic.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { memoryMailStore } from "../support/memory-mail-store.ts";
import { receiptOf } from "../support/receipts.ts";
import { recordOf } from "../support/records.ts";
import { runsFrom } from "../support/runs.ts";

const [A, B] = ["a".repeat(32), "b".repeat(32)];
const receipt = receiptOf({ sesMessageId: "m1", storageKey: "raw/m1" });
const arrival: Arrival = { sesMessageId: "m1", storageKey: "raw/m1", receipt, content: undefined };
const mailWith = (text: string) => memoryMailStore({ "raw/m1": `From: Ana <ana@client.example>\r\n\r\n${text}\r\n` });
const marked = (...ids: readonly string[]) => mailWith(ids.map((id) => `FYI: Mailroom alert ${id}`).join("\r\n"));

/** The use case over a store with one mail. */
function desk({
  store = marked(),
  mailLog = memoryMailLog(),
  alerts = memoryAlertTopic(),
}: {
  store?: ReturnType<typeof memoryMailStore>;
  mailLog?: MailLog;
  alerts?: AlertTopic;
} = {}) {
  return createProcessMail({
    ...runsFrom(),
    store,
    mailLog,
    alerts,
    log: SILENT_LOG,
    rules: async () => anythingRules(),
    trust: { allow: [] },
  });
}

const ports = () => ({ ...runsFrom(), mailLog: memoryMailLog() });
const traces = (mailLog: ReturnType<typeof memoryMailLog>) =>
  [...mailLog.entries.values()].filter(({ round }) => round !== undefined);

test("what was traced is known by its mark, with its round; it stays as it was first", async () => {
  const given = ports();
  const [first] = await traceAlerts([alertOf()], 2, given);
  const [again] = await traceAlerts([alertOf()], 1, given);
  const mark = first?.mark ?? "";
  const known = await findKnownAlerts([mark, B], given.mailLog);
  expect([again, mark, [...known]]).toEqual([first, expect.stringMatching(/^[0-9a-f]{32}$/), [[mark, 2]]]);
  expect([nextRound(known), nextRound(new Map())]).toEqual([3, 1]);
});

test("trap 1.16, an id can be computed by whoever knows SES's id of his mail and the rule's name; the mark cannot, and each log has its own", async () => {
  const marks = [];
  for (const run of ["secret of one", "secret of another"]) {
    const given = { ...ports(), newRunId: () => run };
    const [marked] = await traceAlerts([alertOf()], 1, given);
    marks.push(marked?.mark);
    expect([marked?.id, (await findKnownAlerts([alertOf().id], given.mailLog)).size]).toEqual([alertOf().id, 0]);
  }
  expect(new Set([...marks, alertOf().id]).size).toBe(3);
});

test("of two runs that make the log's secret at once both use one", async () => {
  const { mailLog, ...runs } = ports();
  // Two processes: what one knows of the log the other does not.
  const processes = [1, 2].map(() => ({ ...runs, mailLog: { ...mailLog } }));
  const marked = await Promise.all(processes.map((each) => traceAlerts([alertOf()], 1, each)));
  expect(marked[0]).toEqual(marked[1]);
  expect(traces(mailLog)).toHaveLength(1);
});

test("trap 1.18, the entry of an alert holds its mark, its round and a time, and nothing of the mail", async () => {
  const given = ports();
  const [alert] = await traceAlerts([alertOf()], 1, given);
  const [entry = entryOf()] = traces(given.mailLog);
  expect(entry).toEqual({
    key: `alert/${alert?.mark}`,
    version: 1,
    receipt: null,
    lease: null,
    deaths: 0,
    looks: null,
    done: [],
    record: null,
    settled: true,
    round: 1,
    changedAt: "2026-11-24T08:00:00.000Z",
  });
  expect([...given.mailLog.entries.values(), entryOf()].map(isOfNoMail)).toEqual([true, true, false]);
});

test("alerts are put down before they are published, so that none comes back unknown", async () => {
  const mailLog = memoryMailLog();
  const known: unknown[] = [];
  const alerts: AlertTopic = {
    async publish(due) {
      known.push(
        ...(
          await findKnownAlerts(
            due.map(({ mark }) => mark),
            mailLog,
          )
        ).values(),
      );
    },
  };
  await desk({ mailLog, alerts })(arrival);
  expect(known).toEqual([1]);
});

test("alerts that cannot be put down are not published, and the mail is tried again", async () => {
  const [mailLog, alerts] = [memoryMailLog(), memoryAlertTopic()];
  let isBroken = true;
  const put: MailLog["put"] = async (entry) => {
    if (isBroken && isOfNoMail(entry)) throw new Error("throttled");
    return mailLog.put(entry);
  };
  const processMail = desk({ mailLog: { ...mailLog, put }, alerts });
  await expect(processMail(arrival)).rejects.toThrow("throttled");
  expect(alerts.published).toEqual([]);
  isBroken = false;
  expect((await processMail(arrival)).outcome).toBe("processed");
  expect(alerts.published).toHaveLength(1);
});

test("of alerts that went out in part, a retry knows the rest again", async () => {
  const [mailLog, alerts] = [memoryMailLog(), memoryAlertTopic(["anything"])];
  const processMail = desk({ mailLog, alerts });
  await expect(processMail(arrival)).rejects.toThrow(PublishError);
  alerts.broken.clear();
  expect((await processMail(arrival)).outcome).toBe("processed");
  expect(traces(mailLog)).toHaveLength(1);
});

test.each([
  { bears: "no mark", store: marked(), asked: 0 },
  { bears: "two marks", store: marked(A, B), asked: 2 },
])("a mail that bears $bears costs $asked questions", async ({ store, asked }) => {
  const mailLog = memoryMailLog();
  const questions: string[] = [];
  const find: MailLog["find"] = (key) => {
    questions.push(key);
    return mailLog.find(key);
  };
  await desk({ store, mailLog: { ...mailLog, find } })(arrival);
  expect(questions.filter((key) => key.startsWith("alert/"))).toEqual([`alert/${A}`, `alert/${B}`].slice(0, asked));
});

test("a mail whose marks cannot be asked about is given back, and handled when they can", async () => {
  const mailLog = memoryMailLog();
  let isBroken = true;
  const find: MailLog["find"] = async (key) => {
    if (isBroken) throw new Error("throttled");
    return mailLog.find(key);
  };
  const processMail = desk({ store: marked(A), mailLog: { ...mailLog, find } });
  await expect(processMail(arrival)).rejects.toThrow("throttled");
  expect(mailLog.entries.get("m1")).toMatchObject({ lease: null, deaths: 0 });
  isBroken = false;
  expect((await processMail(arrival)).outcome).toBe("processed");
});

test("the word to the operator about a mail that cannot be read is known, too", async () => {
  const mailLog = memoryMailLog();
  const store = { ...marked(), open: () => Promise.reject(new MailUndecryptableError("raw/m1", "the tag is wrong")) };
  await desk({ mailLog, store })(arrival);
  expect(traces(mailLog)).toMatchObject([{ round: 1 }]);
});

test("a replay that acts makes its alerts known, as the first of their row", async () => {
  const [mailLog, alerts] = [memoryMailLog(), memoryAlertTopic()];
  const evaluation = { record: recordOf(), alerts: [alertOf()], feedback: [] };
  await applyEvaluation(evaluation, { ...runsFrom(), mailLog, alerts });
  const mark = alerts.published[0]?.mark ?? "";
  expect([...(await findKnownAlerts([mark], mailLog))]).toEqual([[mark, 1]]);
});
