import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import type { MailRecord } from "../../shared/inbound/record.ts";
import type { WorkedMail } from "../../shared/inbound/worked-mail.ts";
import { createMeter } from "../../shared/lambda/meter.ts";
import { PROBLEM_CODES, type ProblemCode, problem } from "../../shared/message/problems.ts";
import type { FeedbackOutcome } from "../../shared/suppression/record-feedback.ts";
import { metricsIn } from "../support/embedded-metrics.ts";
import { bounceOf, complaintOf, delayOf, deliveryOf } from "../support/feedback.ts";
import { recordOf } from "../support/records.ts";
import { suppressionOf } from "../support/suppressions.ts";

const ARRIVAL = "2026-11-20T09:14:03.412Z";
const NOW = "2026-11-20T09:14:05.012Z";
const ID = "b".repeat(32);

/** What a function of the stage prod measures. */
function measured(use: (meter: ReturnType<typeof createMeter>) => unknown, stage: string | undefined = "prod") {
  const lines: unknown[] = [];
  use(createMeter({ stage, clock: { now: () => NOW }, write: (line) => lines.push(JSON.parse(line)) }));
  return lines.flatMap(metricsIn);
}

const ofMail = (record: Partial<MailRecord> = {}, work: Partial<WorkedMail> = {}) =>
  measured((meter) => meter.mail({ record: recordOf(record), published: [], ...work }));
/** What is measured at least once. */
const notZero = (metrics: readonly string[]) => metrics.filter((metric) => !metric.endsWith(" 0"));

test("a line is what CloudWatch's embedded metric format says, on one line", () => {
  const lines: string[] = [];
  const meter = createMeter({ stage: "prod", clock: { now: () => NOW }, write: (line) => lines.push(line) });
  meter.mail({ record: recordOf({ receivedAt: ARRIVAL }), published: [ID] });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    _aws: {
      Timestamp: Date.parse(NOW),
      CloudWatchMetrics: [
        {
          Namespace: "Mailroom",
          Dimensions: [["Stage"]],
          Metrics: [
            { Name: "Mails", Unit: "Count" },
            { Name: "Matched", Unit: "Count" },
            { Name: "Duplicates", Unit: "Count" },
            { Name: "Quarantined", Unit: "Count" },
            { Name: "Unparsable", Unit: "Count" },
            { Name: "Alerts", Unit: "Count" },
            { Name: "ReceiptToAlert", Unit: "Milliseconds" },
          ],
        },
      ],
    },
    Stage: "prod",
    Mails: 1,
    Matched: 1,
    Duplicates: 0,
    Quarantined: 0,
    Unparsable: 0,
    Alerts: 1,
    ReceiptToAlert: 1600,
  });
});

describe("of a mail is measured", () => {
  test("that it came and matched; counts that are nought, too, so that each metric is there from the first mail on", () => {
    expect(ofMail()).toEqual([
      "Mails Stage=prod 1",
      "Matched Stage=prod 1",
      "Duplicates Stage=prod 0",
      "Quarantined Stage=prod 0",
      "Unparsable Stage=prod 0",
      "Alerts Stage=prod 0",
    ]);
  });

  test.each([
    ["no rule matched", { matches: [] }, ["Mails"]],
    ["quarantined", { outcome: "quarantined", matches: [] }, ["Mails", "Quarantined"]],
    ["unparsable, and rules matched what was read", { outcome: "unparsable" }, ["Mails", "Matched", "Unparsable"]],
    ["ignored", { outcome: "ignored", matches: [] }, ["Mails"]],
    ["a duplicate: nothing else", { outcome: "duplicate", problems: [problem("badDate")] }, ["Duplicates"]],
  ] as const)("%s", (_, record, metrics) => {
    expect(notZero(ofMail(record))).toEqual(metrics.map((metric) => `${metric} Stage=prod 1`));
  });

  test("each problem once, in all and by its code", () => {
    const problems = (["badDate", "unknownCharset", "badDate"] as const).map((code) => problem(code));
    expect(notZero(ofMail({ matches: [], problems }))).toEqual([
      "Mails Stage=prod 1",
      "Problems Stage=prod 1",
      "Problems Stage=prod Code=badDate 1",
      "Problems Stage=prod 1",
      "Problems Stage=prod Code=unknownCharset 1",
    ]);
  });

  test.each([
    ["alerts that go out", { receivedAt: ARRIVAL }, [ID, ID], "1600"],
    ["a clock of ours that is late", { receivedAt: "2026-11-20T09:14:09.000Z" }, [ID], "0"],
    ["alerts that went out before", { receivedAt: ARRIVAL }, [], undefined],
    ["a mail that was found: its headers are anybody's word", { receivedAt: ARRIVAL, rebuilt: true }, [ID], undefined],
    ["an arrival that SES does not date", { receivedAt: null }, [ID], undefined],
  ])("the time from SES's receipt to the alert, of %s", (_, record, published, milliseconds) => {
    const metrics = ofMail(record, { published });
    expect(metrics).toContain(`Alerts Stage=prod ${published.length}`);
    const latency = metrics.find((metric) => metric.startsWith("ReceiptToAlert"));
    expect(latency).toBe(milliseconds && `ReceiptToAlert Stage=prod ${milliseconds}`);
  });

  test("of work that failed only the alerts that went out all the same: the mail comes again", () => {
    const failure = new Error("one topic is down");
    const problems = [problem("badDate")];
    expect(ofMail({ problems }, { failure, published: [ID] })).toEqual([
      "Alerts Stage=prod 1",
      "ReceiptToAlert Stage=prod 1600",
    ]);
    expect(ofMail({ problems }, { failure })).toEqual([]);
  });
});

describe("of a report about a mail of ours is measured", () => {
  const address = "gone@partner.example";
  const effect = { effect: "suppress", why: "" } as const;
  const suppressed = suppressionOf();
  const outcome = (parts: object): FeedbackOutcome => ({
    kind: "recorded",
    address,
    effect,
    before: undefined,
    after: undefined,
    ...parts,
  });
  const of = async (feedback: Feedback, became: FeedbackOutcome) => {
    const lines: unknown[] = [];
    const meter = createMeter({
      stage: "prod",
      clock: { now: () => NOW },
      write: (line) => lines.push(JSON.parse(line)),
    });
    expect(await meter.reports(async () => became)(feedback)).toBe(became);
    return lines.flatMap(metricsIn);
  };

  test.each([bounceOf(), complaintOf(), delayOf(), deliveryOf()])("its kind: $kind", async (feedback) => {
    expect(await of(feedback, outcome({}))).toEqual([`Feedback Stage=prod Kind=${feedback.kind} 1`]);
  });

  test.each([
    ["that was not suppressed before", { after: suppressed }, 1],
    [
      "that was suppressed for a time that is over",
      { before: suppressionOf({ expiresAt: ARRIVAL }), after: suppressed },
      1,
    ],
    ["that was suppressed already", { before: suppressed, after: suppressed }, 0],
    ["that is not suppressed for it", { after: suppressionOf({ reason: null, since: null }) }, 0],
    ["that it takes off the table", { before: suppressed, after: undefined }, 0],
  ])("an address %s", async (_, states, times) => {
    const metrics = await of(bounceOf(), outcome(states));
    expect(metrics.filter((metric) => metric === "Suppressed Stage=prod 1")).toHaveLength(times);
  });

  test("that names no address: its kind alone", async () => {
    expect(await of(bounceOf(), { kind: "noAddress" })).toEqual(["Feedback Stage=prod Kind=bounce 1"]);
  });

  test("nothing of one that is not believed: anybody could make an alarm go off", async () => {
    expect(await of(bounceOf({ trusted: false }), outcome({ after: suppressed }))).toEqual([]);
  });
});

test("rules that cannot be used are measured", () => {
  expect(measured((meter) => meter.brokenRules())).toEqual(["RulesBroken Stage=prod 1"]);
});

test("without a stage nothing is measured", async () => {
  const lines: string[] = [];
  const meter = createMeter({ stage: undefined, clock: { now: () => NOW }, write: (line) => lines.push(line) });
  meter.mail({ record: recordOf({ problems: [problem("badDate")] }), published: [ID] });
  meter.brokenRules();
  await meter.reports(async () => ({ kind: "noAddress" }))(bounceOf());
  expect(lines).toEqual([]);
});

test("whatever a mail holds, metrics are in the format and hold nothing of it", () => {
  const codes = Object.keys(PROBLEM_CODES) as ProblemCode[];
  const secret = "secret@partner.example";
  const records = fc.record({
    outcome: fc.constantFrom("processed", "quarantined", "ignored", "unparsable", "duplicate"),
    receivedAt: fc.option(fc.constantFrom(ARRIVAL, NOW, "1970-01-01T00:00:00.000Z", "2999-12-31T23:59:59.999Z")),
    rebuilt: fc.boolean(),
    problems: fc.array(
      fc.constantFrom(...codes).map((code) => problem(code, secret)),
      { maxLength: 30 },
    ),
    published: fc.array(fc.constant(ID), { maxLength: 200 }),
    failure: fc.constantFrom(undefined, new Error(secret)),
  });
  fc.assert(
    fc.property(records, ({ published, failure, ...parts }) => {
      const lines: string[] = [];
      const record = recordOf({ ...parts, source: secret, why: secret } as Partial<MailRecord>);
      createMeter({ stage: "prod", clock: { now: () => NOW }, write: (line) => lines.push(line) }).mail({
        record,
        published,
        failure,
      });
      for (const line of lines) metricsIn(JSON.parse(line));
      expect(lines.join("")).not.toMatch(/secret|outage|client/);
    }),
  );
});
