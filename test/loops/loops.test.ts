import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOurAlert } from "../../shared/alerts/our-alert.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { alertOf } from "../support/alerts.ts";
import { evaluateAnnounced } from "../support/evaluate-announced.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";
import { BROKEN_LINKS, PROVEN } from "./links.ts";
import { type Arrived, allTopologies, anythingRules, createNetwork, type Edge, LINKS } from "./mail-network.ts";

const proven = Object.keys(PROVEN);
const broken = Object.keys(BROKEN_LINKS);
const complete = (desks: number, link: string): readonly Edge[] => allTopologies(desks, link).at(-1) ?? [];
const everyDesk = (desks: number) => Array.from({ length: desks }, (_, desk) => desk);

/** An alert about a mail, about that, and about that; and the word to the operator, which nothing answers. */
const DEEPEST = 4;

/** Every mail that can arrive when each desk tells as many as there are of each mail, down to this depth. */
const mostMails = (desks: number, depth: number) =>
  Array.from({ length: depth + 1 }, (_, at) => desks ** (at + 1)).reduce((sum, mails) => sum + mails);

function expectAlertFromEach(arrived: readonly Arrived[], desks: readonly number[]) {
  const first = arrived.filter(({ depth }) => depth === 0);
  expect(first.map(({ desk }) => desk)).toEqual(desks);
  for (const { evaluation } of first) {
    expect(evaluation.record.outcome).toBe("processed");
    expect(evaluation.alerts.map(({ rule, hop }) => [rule, hop])).toEqual([["anything", 1]]);
  }
}

function expectOneHop(arrived: readonly Arrived[], edges: readonly Edge[], desks: readonly number[]) {
  expectAlertFromEach(arrived, desks);
  const led = edges.filter(({ from }) => desks.includes(from));
  expect(arrived).toHaveLength(desks.length + led.length);
  for (const { depth, evaluation } of arrived.slice(desks.length)) {
    expect(depth).toBe(1);
    expect(evaluation).toMatchObject({ alerts: [], record: { outcome: "ignored" } });
  }
}

function expectEnd(arrived: readonly Arrived[], desks: readonly number[], of: number) {
  expectAlertFromEach(arrived, desks);
  expect(arrived.length).toBeLessThanOrEqual(mostMails(of, DEEPEST));
  for (const { depth, evaluation } of arrived) {
    const rules = evaluation.alerts.map(({ rule }) => rule);
    expect(depth).toBeLessThanOrEqual(DEEPEST);
    if (depth === 3 && evaluation.record.outcome !== "ignored") expect(rules).toEqual(["mailroom/loop"]);
    if (depth === DEEPEST) expect(rules).toEqual([]);
    // What was held back has its record, with what matched and why.
    if (depth >= 3 && evaluation.record.outcome !== "ignored")
      expect(evaluation.record).toMatchObject({
        outcome: "quarantined",
        why: "an alert about an alert about an alert: a loop",
        matches: [{ rule: "anything" }],
      });
  }
}

describe("trap 1.16, alerts loop: where SES vouches that SNS sent them, they end after one hop", () => {
  const run = createNetwork();

  test.each(proven.flatMap((link) => [2, 3].map((desks) => ({ link, desks }))))(
    "in every topology of $desks desks, over $link",
    async ({ link, desks }) => {
      for (const edges of allTopologies(desks, link)) {
        expectOneHop(await run(edges, [0]), edges, [0]);
        expectOneHop(await run(edges, everyDesk(desks)), edges, everyDesk(desks));
      }
    },
  );

  test.each(proven)("when 4 desks alert each other and themselves, over %s", async (link) => {
    expectOneHop(await run(complete(4, link), everyDesk(4)), complete(4, link), everyDesk(4));
  });

  test("in any topology of 4 desks", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...proven)), { minLength: 16, maxLength: 16 }),
        async (links) => {
          const edges = edgesOf(links);
          expectOneHop(await run(edges, everyDesk(4)), edges, everyDesk(4));
        },
      ),
      { numRuns: 200 },
    ));
});

/** What leads from each of 4 desks to each. */
function edgesOf(links: readonly (string | null)[]): Edge[] {
  return links.flatMap((link, at) => (link === null ? [] : [{ from: Math.floor(at / 4), to: at % 4, link }]));
}

describe("trap 1.16, alerts loop: where the proof is lost on the way, they end all the same", () => {
  const run = createNetwork();

  test.each(broken)("in every topology of 2 and 3 desks, over %s", async (link) => {
    for (const desks of [2, 3])
      for (const edges of allTopologies(desks, link)) expectEnd(await run(edges, [0]), [0], desks);
  });

  test.each(broken)("when 4 desks alert each other and themselves, over %s", async (link) => {
    const arrived = await run(complete(4, link), [0]);
    expectEnd(arrived, [0], 4);
    // Each desk is told of the loop, once a way that led to it, and of the word to the operator none tells.
    expect(arrived.filter(({ depth }) => depth === DEEPEST)).toHaveLength(4 ** 4);
  });

  test("in any topology of 4 desks with any links", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...Object.keys(LINKS)), { freq: 2 }), { minLength: 16, maxLength: 16 }),
        async (links) => expectEnd(await createNetwork()(edgesOf(links), [0]), [0], 4),
      ),
      { numRuns: 15 },
    ));

  test("when the verdict policy holds back what comes back", async () => {
    const holding = createNetwork(anythingRules("policy: { dmarc: { FAIL: STOP_RULE_SET } }"));
    const edges = complete(2, "a forwarder that breaks the signature");
    const arrived = await holding(edges, [0]);
    expect(arrived.length).toBeLessThanOrEqual(mostMails(2, DEEPEST));
    const told = (at: number) =>
      new Set(
        arrived
          .filter(({ depth }) => depth === at)
          .flatMap(({ evaluation }) => evaluation.alerts.map(({ rule }) => rule)),
      );
    expect([1, 2, 3, 4].map((depth) => [...told(depth)])).toEqual([
      ["mailroom/quarantined"],
      ["mailroom/quarantined"],
      ["mailroom/loop"],
      [],
    ]);
  });
});

describe("trap 1.16, a mark silences nothing without a trace", () => {
  const ID = "48c1ad0f2cec109746e389a1dbd73dfe";
  const evaluate = (fields: readonly string[], text: string) =>
    evaluateAnnounced(
      { raw: Buffer.from([...fields, "", text, ""].join("\r\n")), receipt: receiptOf() },
      anythingRules(),
    );
  const from = ["From: Eve <eve@client.example>", "Subject: outage"];

  test.each([
    { mark: "of hop 1", text: `[critical] outage - Mailroom alert ${ID}`, hop: 2 },
    { mark: "of hop 2", text: `[critical] outage - Mailroom alert ${ID}, hop 2`, hop: 3 },
    { mark: "of hop 2 in the header", fields: [`X-Mailroom: ${ID}; hop=2`], text: "outage", hop: 3 },
  ])("a forged mark $mark: the rules run, and the alert warns", async ({ fields = [], text, hop }) => {
    const { record, alerts } = await evaluate([...from, ...fields], text);
    expect(record.outcome).toBe("processed");
    expect(alerts).toMatchObject([
      { rule: "anything", hop, warnings: [expect.stringContaining("bears the mark of a Mailroom alert")] },
    ]);
  });

  test("a forged mark of hop 3: what matched is recorded, and the operator is told", async () => {
    const { record, alerts } = await evaluate(from, `[critical] outage - Mailroom alert ${ID}, hop 3`);
    expect(record).toMatchObject({ outcome: "quarantined", matches: [{ rule: "anything" }] });
    expect(alerts).toMatchObject([{ rule: "mailroom/loop", topic: "operator", severity: "error", hop: 4 }]);
  });

  test("a forged word to the operator about a loop: the record tells, and no alert", async () => {
    const { record, alerts } = await evaluate(from, `[error] mailroom/loop - Mailroom alert ${ID}, hop 4`);
    expect(record).toMatchObject({ outcome: "quarantined", matches: [{ rule: "anything" }], actions: [] });
    expect(alerts).toEqual([]);
  });

  test("what a looping mail reports of our mails is still taken in", async () => {
    const report = [
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
      "",
      "--b",
      "",
      `Mailroom alert ${ID}, hop 3`,
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.client.example",
      "",
      "Final-Recipient: rfc822; gone@client.example",
      "Action: failed",
      "Status: 5.1.1",
      "--b--",
    ];
    const { record, feedback } = await evaluate([...from, ...report.slice(0, 1)], report.slice(2).join("\r\n"));
    expect(record.outcome).toBe("quarantined");
    expect(feedback).toMatchObject([{ kind: "bounce" }]);
  });
});

test.each([
  "Auto-Submitted: auto-generated",
  "Auto-Submitted: auto-replied",
  "Precedence: bulk",
  "Precedence: list",
  "List-Id: <ops.client.example>",
  "List-Unsubscribe: <mailto:leave@client.example>",
  "X-Auto-Response-Suppress: All",
  "Return-Path: <>",
])("trap 1.16, %s is no reason to ignore a mail, nor is the null sender", async (field) => {
  const raw = Buffer.from(
    `${field}\r\nFrom: Monitor <monitor@client.example>\r\nSubject: outage\r\n\r\nIt is down.\r\n`,
  );
  const receipt = receiptOf({ envelope: { mailFrom: "", recipients: ["orders@mail.acme.example"] } });
  const { record, alerts } = await evaluateAnnounced({ raw, receipt }, anythingRules());
  expect(record.outcome).toBe("processed");
  expect(alerts).toHaveLength(1);
});

test.each(proven)("trap 1.16, what the simulation sends over %s is known for an alert, of any hop", async (link) => {
  for (const hop of [1, 2, 3, 4]) {
    const { raw, verdicts } = PROVEN[link]?.(alertOf({ hop })) ?? { raw: "", verdicts: {} };
    const message = await parseMessage(Buffer.from(raw));
    expect(isOurAlert({ message, receipt: receiptOf({ verdicts }) })).toBe(true);
    expect(isOurAlert({ message, receipt: receiptOf({ verdicts: { ...ALL_PASS, dmarc: "FAIL" } }) })).toBe(false);
  }
});
