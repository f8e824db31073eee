import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AT_BEGINNING, PROVEN, QUOTING } from "./links.ts";
import {
  type Arrived,
  allTopologies,
  anythingRules,
  completeGraph,
  createNetwork,
  cycle,
  type Edge,
  LINKS,
  MAX_MAILS,
  OUTSIDE,
} from "./mail-network.ts";

const proven = Object.keys(PROVEN);
const beginning = Object.keys(AT_BEGINNING);
const quoting = Object.keys(QUOTING);
const everyDesk = (desks: number) => Array.from({ length: desks }, (_, desk) => desk);

const OURS = { outcome: "ignored", why: "an alert of our own that came back", alerts: [] };
const HANDLED = { outcome: "processed", why: undefined, alerts: ["anything"] };

/** By how many alerts of this desk's own, one after the other, a mail came here that quotes them. */
const BY_ROUNDS = [
  HANDLED,
  HANDLED,
  { outcome: "quarantined", why: "an alert about an alert: a loop", alerts: ["mailroom/loop"] },
];
const ROUND = { outcome: "ignored", why: "an alert that goes round in a loop", alerts: [] };

/** What a desk has to make of a mail: it follows from the last link of its way, and from how often the way came by the desk. */
function expected({ desk, path, link }: Arrived) {
  const rounds = path.filter((before) => before === desk).length;
  if (link !== undefined && proven.includes(link)) return OURS;
  if (link !== undefined && beginning.includes(link)) return rounds > 0 ? OURS : HANDLED;
  return BY_ROUNDS[rounds] ?? ROUND;
}

function expectEnd(arrived: readonly Arrived[], desks: readonly number[]) {
  expect(arrived.length).toBeLessThan(MAX_MAILS);
  expect(arrived.filter(({ path }) => path.length === 0).map(({ desk }) => desk)).toEqual([...desks].reverse());
  const wrong = arrived.filter((mail) => {
    const { outcome, why, alerts } = expected(mail);
    const rules = mail.alerts.map(({ rule }) => rule);
    return outcome !== mail.record.outcome || why !== mail.record.why || rules.join() !== alerts.join();
  });
  expect(wrong.map(({ desk, path, link, record }) => [path, desk, link, record.outcome])).toEqual([]);
  // What was held back has its record, with what matched.
  for (const { record } of arrived.filter(({ record: { outcome } }) => outcome === "quarantined"))
    expect(record.matches).toMatchObject([{ rule: "anything" }]);
}

function expectOneHop(arrived: readonly Arrived[], edges: readonly Edge[], desks: readonly number[]) {
  expectEnd(arrived, desks);
  expect(arrived).toHaveLength(desks.length + edges.filter(({ from }) => desks.includes(from)).length);
}

/** Every desk thrice before the next one: the longest that a way can keep clear of where it began. */
const WORST_WAY = Array.from({ length: 25 }, (_, at) => Math.floor(at / 3) % 8);

/** Some of the edges between 4 desks, each over any of the links. */
function anyTopology(links: readonly string[], maxLength: number): fc.Arbitrary<Edge[]> {
  const desk = fc.nat({ max: 3 });
  return fc.uniqueArray(fc.record({ from: desk, to: desk, link: fc.constantFrom(...links) }), {
    selector: ({ from, to }) => `${from} ${to}`,
    maxLength,
  });
}

describe("trap 1.16, alerts loop: where SES vouches that SNS sent them, they end after one hop", () => {
  const { run } = createNetwork();

  test.each(proven.flatMap((link) => [2, 3].map((desks) => ({ link, desks }))))(
    "in every topology of $desks desks, over $link",
    async ({ link, desks }) => {
      for (const edges of allTopologies(desks, link, { toItself: true })) {
        expectOneHop(await run(edges, [0]), edges, [0]);
        expectOneHop(await run(edges, everyDesk(desks)), edges, everyDesk(desks));
      }
    },
  );

  test.each(proven)("in every topology of 4 desks that do not alert themselves, over %s", async (link) => {
    for (const edges of allTopologies(4, link, { toItself: false }))
      expectOneHop(await run(edges, everyDesk(4)), edges, everyDesk(4));
  });

  test("in any topology of 4 desks, over any such links", () =>
    fc.assert(
      fc.asyncProperty(anyTopology(proven, 16), async (edges) => {
        expectOneHop(await run(edges, everyDesk(4)), edges, everyDesk(4));
      }),
      { numRuns: 200 },
    ));
});

describe("trap 1.16, alerts loop: where the proof is lost on the way, they end all the same", () => {
  const { run } = createNetwork();

  test.each([...beginning, ...quoting])("in every topology of 2 desks, over %s", async (link) => {
    for (const edges of allTopologies(2, link, { toItself: true }))
      for (const to of [[0], [0, 1]]) expectEnd(await run(edges, to), to);
  });

  test.each([...beginning, ...quoting])(
    "in every topology of 3 desks that do not alert themselves, over %s",
    async (link) => {
      for (const edges of allTopologies(3, link, { toItself: false })) expectEnd(await run(edges, [0]), [0]);
    },
  );

  test.each(beginning)("in every topology of 4 desks, each of which sees an alert once, over %s", async (link) => {
    for (const edges of allTopologies(4, link, { toItself: false })) expectEnd(await run(edges, [0]), [0]);
    expect(await run(completeGraph(4, link, { toItself: false }), [0])).toHaveLength(49);
  });

  test.each([...beginning, ...quoting])("round 8 desks, over %s, whatever marks the sender forges", async (link) => {
    const forged = ["a", "b"].map((digit) => digit.repeat(32));
    const raw = `From: Eve <eve@client.example>\r\nSubject: After alert: ${forged.join(" ")}\r\n\r\nThe pumps stand still.\r\n`;
    for (const sent of [OUTSIDE, { ...OUTSIDE, raw }]) {
      const arrived = await run(cycle(8, link), [0], sent);
      expectEnd(arrived, [0]);
      expect(arrived).toHaveLength(quoting.includes(link) ? 25 : 9);
    }
  });

  test("in any topology of 4 desks, over any links", () =>
    fc.assert(
      fc.asyncProperty(anyTopology(Object.keys(LINKS), 6), async (edges) => {
        expectEnd(await createNetwork().run(edges, [0]), [0]);
      }),
      { numRuns: 60 },
    ));

  test.each(quoting)("along any way through 8 desks, over %s: none acts more than three times", (link) =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 7 }), { minLength: 30, maxLength: 30 }), async (desks) => {
        const arrived = await createNetwork().follow(desks, link);
        expectEnd(arrived, desks.slice(0, 1));
        expect(arrived.length).toBeLessThanOrEqual(25);
      }),
      { numRuns: 20, examples: [[WORST_WAY]] },
    ),
  );

  test("when the verdict policy holds back what comes back: the word to the operator about that is counted, too", async () => {
    const holding = createNetwork(anythingRules("policy: { dmarc: { FAIL: STOP_RULE_SET } }"));
    const arrived = await holding.run(cycle(1, "a quotation that fails DMARC"), [0], OUTSIDE);
    expect(arrived.map(({ record, alerts }) => [record.outcome, ...alerts.map(({ rule }) => rule)])).toEqual([
      ["processed", "anything"],
      ["quarantined", "mailroom/quarantined"],
      ["quarantined", "mailroom/loop"],
      ["ignored"],
    ]);
  });
});

test("what the 2, 3 and 4 desks of these tests alert each other of is bounded: no desk acts more than three times on the way of one mail", async () => {
  const { run } = createNetwork();
  const [link = ""] = quoting;
  const arrived = await run(completeGraph(2, link, { toItself: true }), [0]);
  expect(arrived).toHaveLength(69);
  expect(Math.max(...arrived.map(({ path }) => path.length))).toBe(6);
});
