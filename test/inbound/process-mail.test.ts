import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import { MailNotFoundError, PublishError } from "../../shared/errors.ts";
import { createProcessMail } from "../../shared/inbound/process-mail.ts";
import type { AlertTopic, Log, LogFields, MailStore } from "../../shared/ports.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { receiptOf } from "../support/receipts.ts";

const rules = compileRules(
  readRules(
    "rules: [{ name: outage, when: { keywords: [outage] } }, { name: down, when: { keywords: [down] } }]",
    "rules.yml",
  ),
);
const trust = { allow: [] };
const receipt = receiptOf({ storageKey: "raw/1" });
const OUTAGE =
  "From: Ana <ana@client.example>\r\nSubject: outage secret-subject\r\n\r\nThe line is down. secret-body\r\n";

function storeOf(mails: Record<string, string>): MailStore {
  return {
    async open(key) {
      const raw = mails[key];
      if (raw === undefined) throw new MailNotFoundError(key);
      return { key, size: raw.length, body: Readable.from([Buffer.from(raw)]) };
    },
    put: () => Promise.reject(new Error("not asked for")),
    async *list() {},
  };
}

/** A topic that takes what it is given, or fails for some rules as long as they are in `broken`. */
function topicOf(broken = new Set<string>()) {
  const published: Alert[] = [];
  const topic: AlertTopic = {
    async publish(alerts) {
      const failed = alerts.filter(({ rule }) => broken.has(rule));
      published.push(...alerts.filter((alert) => !failed.includes(alert)));
      if (failed.length > 0) throw new PublishError(failed.map(({ id }) => ({ id, reason: "throttled" })));
    },
  };
  return { ...topic, published, broken };
}

function logOf() {
  const lines: { event: string; fields: LogFields | undefined }[] = [];
  const write = (event: string, fields?: LogFields): void => void lines.push({ event, fields });
  const log: Log = { info: write, warn: write, error: write };
  return { ...log, lines };
}

/** The use case over a store that has the one mail, with what it does to the outside. */
function story(broken?: Set<string>) {
  const [alerts, mailLog, log] = [topicOf(broken), memoryMailLog(), logOf()];
  const processMail = createProcessMail({ store: storeOf({ "raw/1": OUTAGE }), alerts, mailLog, log, rules, trust });
  return { alerts, mailLog, log, processMail };
}

describe("the inbound story", () => {
  test("a mail is opened, read, matched, told and recorded", async () => {
    const { alerts, mailLog, processMail } = story();
    const record = await processMail(receipt);
    expect(record).toMatchObject({
      source: "raw/1",
      outcome: "processed",
      actions: [
        { rule: "outage", status: "done" },
        { rule: "down", status: "done" },
      ],
    });
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "down"]);
    expect(await mailLog.find(receipt.sesMessageId)).toEqual(record);
  });

  test("a second delivery of the same mail does nothing again, and leaves the record as it is", async () => {
    const { alerts, mailLog, processMail } = story();
    const first = await processMail(receipt);
    const second = await processMail(receipt);
    expect(second).toMatchObject({ outcome: "duplicate", actions: [{ status: "skipped" }, { status: "skipped" }] });
    expect([alerts.published.length, await mailLog.find(receipt.sesMessageId)]).toEqual([2, first]);
  });

  test("trap 1.10, an action counts as done only after it happened: a retry sends what is missing, and only that", async () => {
    const { alerts, mailLog, processMail } = story(new Set(["down"]));
    await expect(processMail(receipt)).rejects.toThrow(PublishError);
    expect((await mailLog.find(receipt.sesMessageId))?.actions.map(({ status }) => status)).toEqual([
      "done",
      "planned",
    ]);
    alerts.broken.clear();
    expect(await processMail(receipt)).toMatchObject({
      outcome: "processed",
      actions: [{ status: "done" }, { status: "done" }],
    });
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "down"]);
  });

  test("an error that is not about single alerts is raised, and nothing counts as done or is logged as processed", async () => {
    const [mailLog, log] = [memoryMailLog(), logOf()];
    const alerts: AlertTopic = { publish: () => Promise.reject(new Error("no route to host")) };
    const processMail = createProcessMail({ store: storeOf({ "raw/1": OUTAGE }), alerts, mailLog, log, rules, trust });
    await expect(processMail(receipt)).rejects.toThrow("no route to host");
    const record = await mailLog.find(receipt.sesMessageId);
    expect(record?.actions.map(({ status }) => status)).toEqual(["planned", "planned"]);
    expect(log.lines).toEqual([]);
  });

  test("without a mail log every delivery is taken for new, with the same alert ids", async () => {
    const alerts = topicOf();
    const processMail = createProcessMail({ store: storeOf({ "raw/1": OUTAGE }), alerts, log: logOf(), rules, trust });
    await processMail(receipt);
    await processMail(receipt);
    const ids = alerts.published.map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 2]);
  });

  test("a mail that is not there is an error, to be tried again", async () => {
    const processMail = createProcessMail({ store: storeOf({}), alerts: topicOf(), log: logOf(), rules, trust });
    await expect(processMail(receipt)).rejects.toMatchObject({
      name: "MailNotFoundError",
      retry: "retry",
      key: "raw/1",
    });
  });

  test("trap 1.18, the log says ids, counts and codes, and nothing of the mail", async () => {
    const log = logOf();
    await createProcessMail({ store: storeOf({ "raw/1": OUTAGE }), alerts: topicOf(), log, rules, trust })(receipt);
    expect(log.lines).toEqual([
      {
        event: "mail processed",
        fields: {
          sesMessageId: receipt.sesMessageId,
          outcome: "processed",
          size: OUTAGE.length,
          rules: ["outage", "down"],
          reports: [],
          problems: [],
        },
      },
    ]);
    expect(JSON.stringify(log.lines)).not.toMatch(/secret|client\.example/);
  });
});
