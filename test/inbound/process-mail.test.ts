import { describe, expect, test } from "vitest";
import { MailClaimedError, MailUndecryptableError, PublishError } from "../../shared/errors.ts";
import { createProcessMail } from "../../shared/inbound/process-mail.ts";
import type { WorkedMail } from "../../shared/inbound/worked-mail.ts";
import type { AlertTopic, MailStore } from "../../shared/ports.ts";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { memoryAlertTopic } from "../support/memory-alert-topic.ts";
import { memoryLog } from "../support/memory-log.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { memoryMailStore } from "../support/memory-mail-store.ts";
import { receiptOf } from "../support/receipts.ts";
import { runsFrom } from "../support/runs.ts";

const rules = compileRules(
  readRules(
    "rules: [{ name: outage, when: { keywords: [outage] } }, { name: down, when: { keywords: [down] } }]",
    "rules.yml",
  ),
);
const trust = { allow: [] };
const receipt = receiptOf({ storageKey: "raw/1" });
const arrival = arrivalOf();
const OUTAGE =
  "From: Ana <ana@client.example>\r\nSubject: outage secret-subject\r\n\r\nThe line is down. secret-body\r\n";

/** The announcement of the mail by SES. */
function arrivalOf(parts: Partial<Receipt> = {}): Arrival {
  const announced = { ...receipt, ...parts };
  return { sesMessageId: announced.sesMessageId, storageKey: "raw/1", receipt: announced, content: undefined };
}

/** The use case over a store that has the one mail, with what it does to the outside. */
function story({
  broken,
  store = memoryMailStore({ "raw/1": OUTAGE }),
}: {
  broken?: readonly string[];
  store?: MailStore;
} = {}) {
  const [alerts, mailLog, log, runs] = [memoryAlertTopic(broken), memoryMailLog(), memoryLog(), runsFrom()];
  const ports = { ...runs, store, alerts, mailLog, log, rules: async () => rules, trust };
  return { ports, alerts, mailLog, log, runs, processMail: createProcessMail(ports) };
}

const statuses = (record: { readonly actions: readonly { readonly status: string }[] } | undefined) =>
  record?.actions.map(({ status }) => status);

describe("what came of each mail is told", () => {
  function told(given: Parameters<typeof story>[0] = {}) {
    const { ports, alerts } = story(given);
    const works: WorkedMail[] = [];
    const processMail = createProcessMail({ ...ports, onWorked: (worked) => works.push(worked) });
    return { alerts, works, ports, processMail };
  }
  const summary = ({ record, published, failure }: WorkedMail) => [
    record.outcome,
    published.length,
    failure !== undefined,
  ];

  test("with the alerts that went out now; those of a mail that comes again had gone out before", async () => {
    const { works, processMail } = told();
    await processMail(arrival);
    await processMail(arrival);
    expect(works.map(summary)).toEqual([
      ["processed", 2, false],
      ["duplicate", 0, false],
    ]);
  });

  test("also when something failed: each alert is told once, in the run in which it went out", async () => {
    const { alerts, works, processMail } = told({ broken: ["down"] });
    await expect(processMail(arrival)).rejects.toThrow(PublishError);
    alerts.broken.clear();
    await processMail(arrival);
    expect(works.map(summary)).toEqual([
      ["processed", 1, true],
      ["processed", 1, false],
    ]);
  });

  test("nothing of a mail that could not be read: it comes again", async () => {
    const { works, processMail } = told({ store: memoryMailStore({}) });
    await expect(processMail(arrival)).rejects.toThrow("No mail is stored");
    expect(works).toEqual([]);
  });
});

test("each mail meets the rules that are in force when it is read, and its record names them", async () => {
  const { ports } = story();
  const later = compileRules(readRules("rules: [{ name: later, when: { keywords: [outage] } }]", "rules.yml"));
  let current = rules;
  const processMail = createProcessMail({ ...ports, rules: async () => current });
  const before = await processMail(arrival);
  current = later;
  const after = await processMail(arrivalOf({ sesMessageId: "second" }));
  expect([before.rulesVersion, after.rulesVersion]).toEqual([rules.version, later.version]);
  expect(after.matches).toMatchObject([{ rule: "later" }]);
});

describe("the inbound story", () => {
  test("a mail is opened, read, matched, told and recorded", async () => {
    const { alerts, mailLog, processMail } = story();
    const record = await processMail(arrival);
    expect(record).toMatchObject({
      source: "raw/1",
      outcome: "processed",
      rulesVersion: rules.version,
      actions: [
        { rule: "outage", status: "done" },
        { rule: "down", status: "done" },
      ],
    });
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "down"]);
    expect(mailLog.records()).toEqual([record]);
  });

  test("a second delivery of the same mail does nothing again, does not even read it, and leaves the record as it is", async () => {
    const store = memoryMailStore({ "raw/1": OUTAGE });
    const { alerts, mailLog, processMail } = story({ store });
    const first = await processMail(arrival);
    store.mails.clear();
    const second = await processMail(arrival);
    expect(second).toMatchObject({ outcome: "duplicate", actions: [{ status: "skipped" }, { status: "skipped" }] });
    expect([alerts.published.length, mailLog.records()]).toEqual([2, [first]]);
  });

  test("trap 1.10, an action counts as done only after it happened: a retry sends what is missing, and only that", async () => {
    const { alerts, mailLog, processMail } = story({ broken: ["down"] });
    await expect(processMail(arrival)).rejects.toThrow(PublishError);
    expect(statuses(mailLog.records()[0])).toEqual(["done", "planned"]);
    alerts.broken.clear();
    const record = await processMail(arrival);
    expect([record.outcome, statuses(record)]).toEqual(["processed", ["done", "done"]]);
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "down"]);
  });

  test("an error that is not about single alerts is raised, and nothing counts as done or is logged as processed", async () => {
    const { ports, mailLog, log } = story();
    const alerts: AlertTopic = { publish: () => Promise.reject(new Error("no route to host")) };
    await expect(createProcessMail({ ...ports, alerts })(arrival)).rejects.toThrow("no route to host");
    expect(statuses(mailLog.records()[0])).toEqual(["planned", "planned"]);
    expect(log.lines).toEqual([]);
  });

  test("trap 1.18, the log says ids, counts and codes, and nothing of the mail", async () => {
    const { log, processMail } = story();
    await processMail(arrival);
    expect(log.lines).toEqual([
      {
        event: "mail processed",
        sesMessageId: receipt.sesMessageId,
        outcome: "processed",
        size: OUTAGE.length,
        rules: ["outage", "down"],
        reports: [],
        problems: [],
      },
    ]);
    expect(JSON.stringify(log.lines)).not.toMatch(/secret|client\.example/);
  });

  test("a mail that came inside its announcement and cannot be stored is not handled: it would be lost", async () => {
    const store = { ...memoryMailStore(), put: () => Promise.reject(new Error("bucket full")) };
    const { mailLog, processMail } = story({ store });
    await expect(processMail({ ...arrival, content: Buffer.from(OUTAGE) })).rejects.toThrow("bucket full");
    expect(mailLog.entries.size).toBe(0);
  });

  test("a mail that came inside its announcement is stored first, and what is stored already stays", async () => {
    const store = memoryMailStore();
    const { processMail } = story({ store });
    await processMail({ ...arrival, content: Buffer.from(OUTAGE) });
    await processMail({ ...arrival, content: Buffer.from("From: other\r\n\r\n") });
    expect(store.mails.get("raw/1")?.toString()).toBe(OUTAGE);
  });
});

describe("the log key", () => {
  const found = (storageKey: string): Arrival => ({
    sesMessageId: storageKey.split("/").at(-1) ?? "",
    storageKey,
    receipt: undefined,
    content: undefined,
  });

  test("objects of one name that somebody put into two folders are two mails", async () => {
    const store = memoryMailStore({ "raw/a/report.eml": OUTAGE, "raw/b/report.eml": OUTAGE.replace("outage", "down") });
    const { processMail } = story({ store });
    const outcomes = [];
    for (const key of ["raw/a/report.eml", "raw/b/report.eml", "raw/a/report.eml"])
      outcomes.push((await processMail(found(key))).outcome);
    expect(outcomes).toEqual(["processed", "processed", "duplicate"]);
  });

  test("a mail under SES's id is one mail, whoever announces it and where", async () => {
    const id = receipt.sesMessageId;
    const { processMail } = story({ store: memoryMailStore({ "raw/1": OUTAGE, [`raw/${id}`]: OUTAGE }) });
    await processMail(found(`raw/${id}`));
    const record = await processMail(arrival);
    expect((await processMail(arrival)).outcome).toBe("duplicate");
    expect(statuses(record)).toEqual(["done", "done"]);
  });
});

describe("a mail that is announced more than once", () => {
  const to = (...recipients: readonly string[]) =>
    arrivalOf({ envelope: { mailFrom: "ana@client.example", recipients } });

  test("with further recipients is no duplicate: they are united, and what is called for on their account happens", async () => {
    const both = compileRules(
      readRules(
        "rules: [{ name: outage, when: { keywords: [outage] } }, { name: sales, when: { recipient: sales@mail.acme.example } }]",
        "rules.yml",
      ),
    );
    const { ports, alerts, mailLog } = story();
    const processMail = createProcessMail({ ...ports, rules: async () => both });
    await processMail(to("orders@mail.acme.example"));
    const second = await processMail(to("sales@mail.acme.example"));
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "sales"]);
    expect(second).toMatchObject({
      outcome: "processed",
      envelope: { recipients: ["orders@mail.acme.example", "sales@mail.acme.example"] },
      actions: [
        { rule: "outage", status: "done" },
        { rule: "sales", status: "done" },
      ],
    });
    expect(mailLog.records()).toEqual([second]);
    expect((await processMail(to("orders@mail.acme.example"))).outcome).toBe("duplicate");
  });

  test("with a worse verdict is looked at again", async () => {
    const spam = compileRules(readRules("rules: [{ name: spam, when: { verdicts: { spam: FAIL } } }]", "rules.yml"));
    const { ports, alerts } = story();
    const processMail = createProcessMail({ ...ports, rules: async () => spam });
    for (const status of ["DISABLED", "FAIL", "DISABLED"] as const)
      await processMail(arrivalOf({ verdicts: { spam: status } }));
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["spam"]);
  });

  test("while another run works on it is waited for, and then fails to be tried again; what it announces is not lost", async () => {
    const { ports, mailLog, runs } = story();
    const started = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const alerts: AlertTopic = {
      async publish() {
        started.resolve();
        await goOn.promise;
      },
    };
    const processMail = createProcessMail({ ...ports, alerts });
    const first = processMail(to("orders@mail.acme.example"));
    await started.promise;
    await expect(processMail(to("sales@mail.acme.example"))).rejects.toThrow(MailClaimedError);
    expect(runs.clock.now()).toBe("2026-11-24T08:00:03.200Z");
    goOn.resolve();
    expect((await first).envelope.recipients).toEqual(["orders@mail.acme.example", "sales@mail.acme.example"]);
    expect(mailLog.mails()).toMatchObject([{ settled: true, lease: null, deaths: 0, looks: null }]);
  });

  test("after a run has died is taken over when its lease has ended, and not before", async () => {
    const { ports, alerts, runs } = story();
    const dying = createProcessMail({ ...ports, store: { ...ports.store, open: () => new Promise(() => {}) } });
    void dying(arrival, { leaseMs: 60_000 });
    const processMail = createProcessMail(ports);
    await expect(processMail(arrival)).rejects.toThrow(/can be taken over at 2026-11-24T08:01:00.000Z/);
    expect(alerts.published).toEqual([]);
    runs.advance(60_000);
    expect((await processMail(arrival)).outcome).toBe("processed");
  });

  test("a run that has outlived its lease publishes nothing more, and fails", async () => {
    const { ports, alerts, runs } = story();
    const slow: MailStore = {
      ...ports.store,
      async open(key) {
        runs.advance(60_000);
        return ports.store.open(key);
      },
    };
    await expect(createProcessMail({ ...ports, store: slow })(arrival, { leaseMs: 60_000 })).rejects.toThrow(
      expect.objectContaining({ code: "LEASE_EXPIRED" }),
    );
    expect(alerts.published).toEqual([]);
  });

  test("a run that outlived its lease in the middle of publishing marks what went out, and leaves the rest to the one that took over", async () => {
    const { ports, alerts, mailLog, runs } = story({ broken: ["down"] });
    const publishing = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: AlertTopic = {
      async publish(due) {
        publishing.resolve();
        await goOn.promise;
        await alerts.publish(due);
      },
    };
    const first = createProcessMail({ ...ports, alerts: slow })(arrival);
    await publishing.promise;
    runs.advance(60_000);
    const down: AlertTopic = { publish: () => Promise.reject(new Error("no route to host")) };
    await expect(createProcessMail({ ...ports, alerts: down })(arrival)).rejects.toThrow("no route to host");
    const [before] = mailLog.records();
    goOn.resolve();
    await expect(first).rejects.toThrow(PublishError);
    expect(mailLog.records()).toEqual([before]);
    alerts.broken.clear();
    expect(statuses(await createProcessMail(ports)(arrival))).toEqual(["done", "done"]);
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "down"]);
  });

  test("by a run whose answer from the log was lost is that run's all the same", async () => {
    const { ports, mailLog } = story();
    let lost = false;
    const processMail = createProcessMail({
      ...ports,
      mailLog: {
        ...mailLog,
        // As the SDK does: the first writing arrives and is not answered, the second is refused because of the first.
        async put(entry) {
          const written = await mailLog.put(entry);
          if (lost) return written;
          lost = true;
          return false;
        },
      },
    });
    expect((await processMail(arrival)).outcome).toBe("processed");
  });

  test("fails to be tried again when others write without end", async () => {
    const { ports } = story();
    const mailLog = { ...ports.mailLog, put: async () => false };
    await expect(createProcessMail({ ...ports, mailLog })(arrival)).rejects.toThrow(
      expect.objectContaining({ code: "MAIL_LOG_CONTENTION", retry: "retry" }),
    );
  });

  test("and was forgotten in the middle of the work stays forgotten", async () => {
    const { ports, mailLog } = story();
    const alerts: AlertTopic = { publish: () => mailLog.remove(receipt.sesMessageId) };
    expect((await createProcessMail({ ...ports, alerts })(arrival)).outcome).toBe("processed");
    expect(mailLog.records()).toEqual([]);
  });
});

describe("a mail that cannot be read", () => {
  test("and may yet come is an error twice, then has its record, and one alert to the operator", async () => {
    const { alerts, mailLog, processMail, runs } = story({ store: memoryMailStore() });
    for (const _ of [1, 2]) {
      await expect(processMail(arrival)).rejects.toMatchObject({
        name: "MailNotFoundError",
        retry: "retry",
        key: "raw/1",
      });
      runs.advance(60_000);
    }
    expect([mailLog.records(), alerts.published]).toEqual([[], []]);
    for (const _ of [3, 4]) {
      const record = await processMail(arrival);
      expect(record).toMatchObject({ outcome: "quarantined", why: "it is not in the mail store", sha256: "" });
      expect(mailLog.records()).toEqual([record]);
    }
    expect(alerts.published.map(({ rule, topic }) => [rule, topic])).toEqual([["mailroom/unreadable", "operator"]]);
  });

  test("is not given up because it was announced three times within moments", async () => {
    const { alerts, processMail, runs } = story({ store: memoryMailStore() });
    for (const _ of [1, 2, 3, 4]) await expect(processMail(arrival)).rejects.toThrow("No mail is stored");
    expect(alerts.published).toEqual([]);
    runs.advance(60_000);
    expect((await processMail(arrival)).outcome).toBe("quarantined");
  });

  test("is not given up because something else failed before", async () => {
    const store = memoryMailStore({ "raw/1": OUTAGE });
    const { ports, runs } = story({ store });
    const failing = createProcessMail({
      ...ports,
      store: { ...store, open: () => Promise.reject(new Error("slow down")) },
    });
    for (const _ of [1, 2, 3]) {
      await expect(failing(arrival)).rejects.toThrow("slow down");
      runs.advance(60_000);
    }
    store.mails.clear();
    await expect(createProcessMail(ports)(arrival)).rejects.toThrow("No mail is stored");
  });

  test("and was read before keeps its record, and what it calls for stays due", async () => {
    const store = memoryMailStore({ "raw/1": OUTAGE });
    const { alerts, mailLog, processMail, runs } = story({ store, broken: ["outage"] });
    await expect(processMail(arrival)).rejects.toThrow(PublishError);
    const raw = store.mails.get("raw/1") as Buffer;
    store.mails.clear();
    for (const _ of [1, 2, 3, 4]) {
      runs.advance(60_000);
      await expect(processMail(arrival)).rejects.toThrow("No mail is stored");
    }
    expect(mailLog.records()).toMatchObject([{ outcome: "processed", size: OUTAGE.length }]);
    store.mails.set("raw/1", raw);
    alerts.broken.clear();
    expect(statuses(await processMail(arrival))).toEqual(["done", "done"]);
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["down", "outage"]);
  });

  test("is read after all when it has come and is announced again, as a dead-letter queue does", async () => {
    const store = memoryMailStore();
    const { alerts, processMail, runs } = story({ store });
    for (const _ of [1, 2, 3]) {
      await processMail(arrival).catch(() => {});
      runs.advance(60_000);
    }
    await store.put("raw/1", Buffer.from(OUTAGE));
    expect((await processMail(arrival)).outcome).toBe("processed");
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["mailroom/unreadable", "outage", "down"]);
  });

  test("nor ever will be has its record at once", async () => {
    const store = {
      ...memoryMailStore(),
      open: () => Promise.reject(new MailUndecryptableError("raw/1", "the tag is wrong")),
    };
    const { alerts, processMail } = story({ store });
    expect(await processMail(arrival)).toMatchObject({ outcome: "quarantined" });
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["mailroom/unreadable"]);
  });

  test("because the store fails is an error each time, and the mail can be claimed again at once", async () => {
    const store = { ...memoryMailStore(), open: () => Promise.reject(new Error("slow down")) };
    const { alerts, mailLog, processMail } = story({ store });
    for (const _ of [1, 2, 3, 4]) await expect(processMail(arrival)).rejects.toThrow("slow down");
    expect([mailLog.records(), alerts.published]).toEqual([[], []]);
  });

  test("because the store fails is told so when the log fails, too", async () => {
    const { ports, mailLog } = story();
    let puts = 0;
    const failing = createProcessMail({
      ...ports,
      store: { ...ports.store, open: () => Promise.reject(new Error("slow down")) },
      mailLog: {
        ...mailLog,
        put: (entry) => (puts++ === 0 ? mailLog.put(entry) : Promise.reject(new Error("no log"))),
      },
    });
    await expect(failing(arrival)).rejects.toThrow("slow down");
  });
});

describe("a mail that the store alone announced", () => {
  const RECEIVED =
    "Return-Path: <ana@client.example>\r\nReceived: from mx (mx [203.0.113.25]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id ID for orders@mail.acme.example; Fri, 20 Nov 2026 09:14:03 +0000 (UTC)\r\nX-SES-Spam-Verdict: FAIL\r\n";
  const stored = (id: string) => ({ store: memoryMailStore({ "raw/1": RECEIVED.replace("ID", id) + OUTAGE }) });
  const found: Arrival = { sesMessageId: "m1", storageKey: "raw/1", receipt: undefined, content: undefined };

  test("has the receipt that SES wrote on top of it", async () => {
    expect(await story(stored("m1")).processMail(found)).toMatchObject({
      sesMessageId: "m1",
      envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
      verdicts: { spam: "FAIL" },
      verdictsTrusted: true,
      rebuilt: true,
    });
  });

  test("is not believed when what is on top names another mail than its key", async () => {
    const record = await story(stored("another")).processMail(found);
    expect(record).toMatchObject({ sesMessageId: "m1", verdictsTrusted: false });
  });

  test("and was not there, and comes after all, has the receipt that SES wrote on top of it", async () => {
    const store = memoryMailStore();
    const { processMail, runs } = story({ store });
    for (const _ of [1, 2, 3]) {
      await processMail(found).catch(() => {});
      runs.advance(60_000);
    }
    await store.put("raw/1", Buffer.from(RECEIVED.replace("ID", "m1") + OUTAGE));
    expect(await processMail(found)).toMatchObject({
      outcome: "processed",
      envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
      verdicts: { spam: "FAIL" },
    });
  });

  test("and is not there has a record with its key alone", async () => {
    const { processMail, runs } = story({ store: memoryMailStore() });
    for (const _ of [1, 2]) {
      await processMail(found).catch(() => {});
      runs.advance(60_000);
    }
    expect(await processMail(found)).toMatchObject({
      source: "raw/1",
      sesMessageId: "m1",
      envelope: { mailFrom: "", recipients: [] },
      outcome: "quarantined",
    });
  });
});

describe("a mail over which runs die", () => {
  /** A desk at which two runs have died, one after the other, as soon as they opened the mail; the store is the third's. */
  async function afterTwoDeaths(store: MailStore = memoryMailStore({ "raw/1": OUTAGE })) {
    const desk = story({ store });
    for (const _ of [1, 2]) {
      const opened = Promise.withResolvers<void>();
      const open = () => {
        opened.resolve();
        return new Promise<never>(() => {});
      };
      void createProcessMail({ ...desk.ports, store: { ...store, open } })(arrival);
      await opened.promise;
      desk.runs.advance(60_000);
    }
    return desk;
  }

  test("twice is recorded by its header, and the operator told, before it is read again", async () => {
    const { ports, alerts, mailLog } = await afterTwoDeaths();
    const recorded: (string | undefined)[] = [];
    const seen: AlertTopic = {
      async publish(due) {
        recorded.push(mailLog.records()[0]?.outcome);
        await alerts.publish(due);
      },
    };
    const record = await createProcessMail({ ...ports, alerts: seen })(arrival);
    expect(recorded).toEqual([undefined, "unparsable"]);
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "mailroom/unparsable", "down"]);
    expect([record.outcome, record.size]).toEqual(["processed", OUTAGE.length]);
    expect(mailLog.mails()).toMatchObject([{ settled: true, lease: null, deaths: 0 }]);
  });

  test("is taken over at once by the invocation that comes again, which does so when it has failed", async () => {
    const { ports, mailLog } = story();
    const dying = createProcessMail({ ...ports, store: { ...ports.store, open: () => new Promise(() => {}) } });
    void dying(arrival, { request: "request-1" });
    const processMail = createProcessMail(ports);
    await expect(processMail(arrival, { request: "request-2" })).rejects.toThrow(MailClaimedError);
    expect((await processMail(arrival, { request: "request-1" })).outcome).toBe("processed");
    expect([...mailLog.entries.values()].find(({ key }) => key === receipt.sesMessageId)).toMatchObject({
      settled: true,
    });
  });

  test("twice, and taken over while its header is recorded, is left to the run that took it over", async () => {
    const { ports, runs, alerts } = await afterTwoDeaths();
    const slow: AlertTopic = {
      async publish(due) {
        await alerts.publish(due);
        runs.advance(60_000);
        void createProcessMail({ ...ports, store: { ...ports.store, open: () => new Promise(() => {}) } })(arrival);
      },
    };
    await expect(createProcessMail({ ...ports, alerts: slow })(arrival, { leaseMs: 60_000 })).rejects.toThrow(
      MailClaimedError,
    );
    expect(alerts.published.map(({ rule }) => rule)).toEqual(["outage", "mailroom/unparsable"]);
  });

  test("each time has a record of its header all the same", async () => {
    const opened = Promise.withResolvers<void>();
    const whole = memoryMailStore({ "raw/1": OUTAGE });
    const { processMail, mailLog } = await afterTwoDeaths({
      ...whole,
      async open(key) {
        if (mailLog.records().length === 0) return whole.open(key);
        opened.resolve();
        return new Promise<never>(() => {});
      },
    });
    void processMail(arrival);
    await opened.promise;
    expect(mailLog.records()).toMatchObject([
      {
        outcome: "unparsable",
        sha256: "",
        message: { subject: "outage secret-subject" },
        problems: [{ code: "givenUp" }],
      },
    ]);
  });

  test("twice, while alerts cannot be published, is given back and tried again like any other", async () => {
    const { ports, mailLog, processMail } = await afterTwoDeaths();
    const alerts: AlertTopic = { publish: () => Promise.reject(new Error("no route to host")) };
    await expect(createProcessMail({ ...ports, alerts })(arrival)).rejects.toThrow("no route to host");
    expect(mailLog.mails()).toMatchObject([{ settled: false, lease: null }]);
    expect((await processMail(arrival)).outcome).toBe("processed");
  });
});
