import { describe, expect, test } from "vitest";
import { type AccountFacts, checkQuota, checkSandbox, checkSending } from "../../../cli/doctor/checks/account.ts";
import { checkQueueReaders, type QueueReader } from "../../../cli/doctor/checks/queue-readers.ts";
import { checkQueue, type WaitingQueue } from "../../../cli/doctor/checks/queues.ts";
import { checkRuntimes } from "../../../cli/doctor/checks/runtimes.ts";
import { checkAlertSubscriptions, type Subscription } from "../../../cli/doctor/checks/subscriptions.ts";
import { NOW, SUBJECT, told } from "./subjects.ts";

describe("account", () => {
  const healthy: AccountFacts = {
    hasProductionAccess: true,
    isSending: true,
    enforcement: "HEALTHY",
    quota: { perDay: 1_000, perSecond: 14, sent: 799 },
  };
  test.each<[title: string, said: Partial<AccountFacts>, expected: readonly string[]]>([
    ["nothing wrong", {}, []],
    ["sandbox", { hasProductionAccess: false }, ["warning: the account is in the sandbox in eu-west-1"]],
    ["sending is off", { isSending: false }, ["error: sending is turned off in eu-west-1"]],
    [
      "stopped",
      { isSending: false, enforcement: "SHUTDOWN" },
      ["error: SES has stopped the account's sending in eu-west-1"],
    ],
    ["under review", { enforcement: "PROBATION" }, ["warning: the account is under review by SES (PROBATION)"]],
    [
      "a word that SES has since",
      { enforcement: "WATCHED" },
      ["warning: the account is under review by SES (WATCHED)"],
    ],
    ["no word", { enforcement: undefined }, []],
    [
      "quota nearly reached",
      { quota: { perDay: 1_000, perSecond: 14, sent: 800 } },
      ["warning: 800 of 1,000 mails sent in 24 hours, 14 a second at most"],
    ],
    ["no quota at all", { quota: { perDay: -1, perSecond: 14, sent: 1_000_000 } }, []],
    ["an unknown quota", { quota: undefined }, ["warning: SES does not tell the account's quota"]],
  ])("%s", (_, said, expected) => {
    const found = [checkSandbox, checkSending, checkQuota].flatMap((check) => check(SUBJECT, { ...healthy, ...said }));
    expect(told(found.filter(({ level }) => level !== "ok"))).toEqual(expected);
  });
});

describe("runtime", () => {
  test.each([
    ["nodejs24.x", "2026-11-24", "ok: nodejs24.x is supported until 2028-04-30"],
    ["nodejs24.x", "2027-11-01", "ok: nodejs24.x is supported until 2028-04-30"],
    ["nodejs24.x", "2027-11-03", "warning: nodejs24.x of f is supported until 2028-04-30"],
    ["nodejs24.x", "2028-04-30", "warning: nodejs24.x of f is not supported since 2028-04-30"],
    ["nodejs24.x", "2028-07-01", "error: nodejs24.x of f cannot be updated since 2028-07-01"],
    ["nodejs20.x", "2026-11-24", "error: nodejs20.x of f cannot be updated since 2026-09-30"],
    ["nodejs26.x", "2026-11-24", "warning: nodejs26.x of f is not a runtime that was known on 2026-11-24"],
  ])("%s on %s", (runtime, day, expected) => {
    expect(told(checkRuntimes([{ name: "f", runtime }], `${day}T08:00:00.000Z`, "deploy"))).toEqual([expected]);
  });

  test("functions of one runtime are one finding", () => {
    const functions = ["a", "b"].map((name) => ({ name, runtime: "nodejs20.x" }));
    expect(told(checkRuntimes([...functions, { name: "c", runtime: "nodejs24.x" }], NOW, "deploy"))).toEqual([
      "error: nodejs20.x of a, b cannot be updated since 2026-09-30",
      "ok: nodejs24.x is supported until 2028-04-30",
    ]);
  });
});

describe("queue", () => {
  const queue: WaitingQueue = { what: "mails", waiting: 0, oldest: undefined, keptFor: 1_209_600 };
  test.each<[title: string, said: Partial<WaitingQueue>, what: string, why: string | undefined]>([
    ["empty", {}, "ok: no mails are waiting", undefined],
    [
      "one that nobody saw",
      { waiting: 1 },
      "error: 1 event of mails is waiting",
      "Each is lost 14 days after it came.",
    ],
    [
      "many, the oldest of yesterday",
      { waiting: 1_200, oldest: "2026-11-23T08:00:00.000Z" },
      "error: 1,200 events of mails are waiting, the oldest seen since 2026-11-23T08:00:00.000Z",
      "It is lost in 13 days unless it is handed back.",
    ],
    [
      "the oldest nearly lost",
      { waiting: 2, oldest: "2026-11-10T12:00:00.000Z" },
      "error: 2 events of mails are waiting, the oldest seen since 2026-11-10T12:00:00.000Z",
      "It is lost within a day unless it is handed back.",
    ],
  ])("%s", (_, said, what, why) => {
    const found = checkQueue(SUBJECT, { ...queue, ...said }, NOW);
    expect([told(found), found[0]?.why]).toEqual([[what], why]);
  });
});

describe("what reads a queue", () => {
  const reads: QueueReader = { uuid: "1-a", state: "Enabled", reportsFailures: true };
  const check = (readers: readonly QueueReader[]) =>
    checkQueueReaders(SUBJECT, { kind: "bounces", functionName: "record-bounce", readers });

  test.each<[title: string, readers: readonly QueueReader[], expected: string, mend: readonly string[] | undefined]>([
    ["its function", [reads], "ok: record-bounce takes bounces from their queue", undefined],
    ["nothing", [], "error: record-bounce does not take bounces from their queue", ["npm run deploy -- --stage prod"]],
    [
      "nothing any more",
      [{ ...reads, state: "Disabled" }],
      "error: record-bounce does not take bounces from their queue (Disabled)",
      ["aws lambda update-event-source-mapping --uuid 1-a --enabled --region eu-west-1"],
    ],
    [
      "one of two",
      [{ ...reads, state: "Disabled" }, reads],
      "ok: record-bounce takes bounces from their queue",
      undefined,
    ],
    [
      "its function soon",
      [{ ...reads, state: "Enabling" }],
      "ok: record-bounce takes bounces from their queue",
      undefined,
    ],
    [
      "its function, whatever fails",
      [{ ...reads, reportsFailures: false }],
      "error: what record-bounce fails on is taken from the queue of bounces all the same",
      [
        "aws lambda update-event-source-mapping --uuid 1-a --function-response-types ReportBatchItemFailures --region eu-west-1",
      ],
    ],
  ])("%s", (_, readers, expected, mend) => {
    const found = check(readers);
    expect([told(found), found[0]?.mend]).toEqual([[expected], mend]);
  });
});

describe("subscriptions of an alert topic", () => {
  const mail = (endpoint: string, isConfirmed: boolean): Subscription => ({ protocol: "email", endpoint, isConfirmed });
  test.each<[title: string, subscriptions: readonly Subscription[], expected: readonly string[]]>([
    ["one is confirmed", [mail("a@acme.example", true)], ["ok: the topic oncall tells 1 subscriber"]],
    ["there is none", [], ["warning: nobody has subscribed to the topic oncall"]],
    [
      "none is confirmed",
      [mail("a@acme.example", false)],
      ["error: a@acme.example has not confirmed its subscription to the topic oncall"],
    ],
    [
      "one of two is not confirmed",
      [mail("a@acme.example", true), mail("b@acme.example", false)],
      ["warning: b@acme.example has not confirmed its subscription to the topic oncall"],
    ],
  ])("%s", (_, subscriptions, expected) => {
    expect(told(checkAlertSubscriptions(SUBJECT, { name: "oncall", arn: "arn", subscriptions }))).toEqual(expected);
  });
});
