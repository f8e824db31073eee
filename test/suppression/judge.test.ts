import { describe, expect, test } from "vitest";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import { judge } from "../../shared/suppression/judge.ts";
import { DEFAULT_POLICY, type SuppressionPolicy } from "../../shared/suppression/policy.ts";
import type { Evidence, SuppressionReason } from "../../shared/suppression/suppression.ts";
import {
  added,
  complaint,
  day,
  delivered,
  filed,
  full,
  hard,
  imported,
  notSpam,
  removed,
  soft,
  story,
  undetermined,
} from "../support/evidence.ts";
import { delayOf } from "../support/feedback.ts";

const ADDRESS = "jane@partner.example";

function judged(items: readonly (Feedback | Evidence)[], parts: Partial<SuppressionPolicy> = {}) {
  const policy = { ...DEFAULT_POLICY, ...parts };
  const state = judge(ADDRESS, story(items, policy), policy);
  if (state === undefined) throw new Error("expected a state");
  return state;
}

/** Reason, beginning and end of what the evidence comes to. */
function shown(items: readonly (Feedback | Evidence)[], parts: Partial<SuppressionPolicy> = {}) {
  const { reason, since, expiresAt } = judged(items, parts);
  return { reason, since, expiresAt };
}

const NOTHING = { reason: null, since: null, expiresAt: null };
const forever = (reason: SuppressionReason, since: number) => ({ reason, since: day(since), expiresAt: null });
const until = (reason: SuppressionReason, since: number, end: number) => ({
  reason,
  since: day(since),
  expiresAt: day(end),
});
const days = (...list: readonly number[]) => list.map((n) => soft(n));

test("a state says it all", () => {
  expect(judged([soft(0), hard(1, { recipient: "JANE@partner.example" }), undetermined(2)])).toEqual({
    address: ADDRESS,
    spelling: "JANE@partner.example",
    reason: "bounce",
    since: day(1),
    expiresAt: null,
    suspect: false,
    probation: false,
    counts: { permanent: 1, transient: 1, undetermined: 1, complaints: 0 },
  });
});

describe("without evidence there is no state", () => {
  test.each([
    ["none", []],
    ["deliveries alone", [delivered(1), delivered(2)]],
    ["what is only told", [delayOf({ recipient: ADDRESS })]],
    ["what can have been written by anybody", [hard(1, { trusted: false }), complaint(2, { trusted: false })]],
  ])("%s", (_, items) => {
    expect(judge(ADDRESS, story(items), DEFAULT_POLICY)).toBeUndefined();
  });

  test("trap 1.14, a forged bounce beside true evidence adds nothing to it", () => {
    expect(judged([soft(1), hard(2, { trusted: false })])).toEqual(judged([soft(1)]));
  });
});

describe("permanent bounces", () => {
  test("the first suppresses at once, for good", () => {
    expect(shown([hard(1), hard(5)])).toEqual(forever("bounce", 1));
  });

  test("as many as the policy wants, and no fewer", () => {
    expect(shown([hard(1), hard(2)], { permanentBounces: 3 })).toEqual(NOTHING);
    expect(shown([hard(1), hard(2), hard(5)], { permanentBounces: 3 })).toEqual(forever("bounce", 5));
  });

  test("with an expiry, it counts from the last", () => {
    const expiryDays = { ...DEFAULT_POLICY.expiryDays, bounce: 100 };
    expect(shown([hard(1), hard(50)], { expiryDays })).toEqual(until("bounce", 1, 150));
    expect(shown([hard(1), hard(200)], { expiryDays })).toEqual(until("bounce", 200, 300));
  });

  test("a delivery ends nothing that they brought about", () => {
    expect(shown([hard(1), delivered(2)])).toEqual(forever("bounce", 1));
  });

  test("trap 1.12, a later hard bounce outweighs what soft ones began", () => {
    const softs = days(1, 2, 3, 4, 5);
    expect(shown(softs)).toEqual(until("repeatedBounces", 5, 95));
    expect(shown([...softs, hard(6)])).toEqual(forever("bounce", 6));
  });

  test("trap 1.13, 550 5.1.1 mislabelled Transient suppresses", () => {
    expect(shown([soft(1, { status: "5.1.1", reason: "userUnknown" })])).toEqual(forever("bounce", 1));
  });
});

describe("repeated soft bounces", () => {
  test.each([
    ["one never suppresses", days(1), NOTHING],
    ["four do not", days(1, 2, 3, 4), NOTHING],
    ["five within 14 days do", days(1, 2, 3, 4, 15), until("repeatedBounces", 15, 105)],
    ["five within a little more do not", days(1, 2, 3, 4, 15.01), NOTHING],
    ["any 14 days are looked at", days(0, 10, 20, 21, 22, 23, 24), until("repeatedBounces", 23, 114)],
    ["further ones prolong it", days(1, 2, 3, 4, 5, 6, 7), until("repeatedBounces", 5, 97)],
    ["a second time begins anew", days(1, 2, 3, 4, 5, 201, 202, 203, 204, 205), until("repeatedBounces", 205, 295)],
  ])("%s", (_, items, expected) => {
    expect(shown(items)).toEqual(expected);
  });

  test.each([
    ["nine undetermined are half of nine", 9, null],
    ["ten undetermined are five", 10, "repeatedBounces"],
  ])("%s", (_, count, reason) => {
    const items = Array.from({ length: count }, (_, index) => undetermined(index));
    expect(judged(items)).toMatchObject({ reason, counts: { transient: 0, undetermined: count } });
  });

  test("halves and wholes are added", () => {
    expect(shown([...days(1, 2, 3, 4), undetermined(5)])).toEqual(NOTHING);
    expect(shown([...days(1, 2, 3, 4), undetermined(5), undetermined(6)])).toEqual(until("repeatedBounces", 6, 96));
  });

  test.each([
    ["a delivery between them voids those before it", [...days(1, 2, 3, 4), delivered(4.5), soft(5)], NOTHING],
    ["a delivery at the same time as well", [...days(1, 2, 3, 4, 5), delivered(5)], NOTHING],
    ["one before them does not", [delivered(0), ...days(1, 2, 3, 4, 5)], until("repeatedBounces", 5, 95)],
    ["a delivery ends what they began", [...days(1, 2, 3, 4, 5), delivered(6)], NOTHING],
    ["only the newest matters", [delivered(0), delivered(9), ...days(1, 2, 3, 4, 10, 11, 12, 13)], NOTHING],
  ])("%s", (_, items, expected) => {
    expect(shown(items)).toEqual(expected);
  });

  test("bounces that a delivery voids are not counted", () => {
    expect(judged([soft(1), undetermined(2), delivered(3), soft(4)]).counts).toMatchObject({
      transient: 1,
      undetermined: 0,
    });
  });

  test("a delivery that bounced afterwards is none", () => {
    const items = [1, 2, 3, 4, 5].flatMap((n) => {
      const { mail } = soft(n);
      return [delivered(n - 0.1, { mail }), soft(n)];
    });
    expect(shown(items)).toEqual(until("repeatedBounces", 5, 95));
  });

  test.each([
    ["trap 1.13, out-of-office replies do not undo the deliveries that they answer", null, NOTHING],
    ["what a server says in words undoes them", "smtp; 452 try later", until("repeatedBounces", 5, 95)],
  ])("%s", (_, diagnosticCode, expected) => {
    const items = [1, 2, 3, 4, 5].flatMap((n) => {
      const answer = soft(n, { status: null, diagnosticCode });
      return [delivered(n - 0.1, { mail: answer.mail }), answer];
    });
    expect(shown(items)).toEqual(expected);
  });

  test("a delivery after a bounce of the same mail is one", () => {
    const { mail } = soft(1);
    const items = days(1, 2, 3, 4, 5).map((item) => ("kind" in item ? { ...item, mail } : item));
    expect(shown([...items, delivered(4.5, { mail })])).toEqual(NOTHING);
  });

  test("a delivery of nobody knows which mail is one", () => {
    const mail = { ...soft(1).mail, messageId: null };
    const unnamed = days(1, 2, 3, 4, 5).map((item) => ("kind" in item ? { ...item, mail } : item));
    expect(shown([...unnamed, delivered(6, { mail })])).toEqual(NOTHING);
  });

  test("what speaks of our mail or of the way to the mailbox does not count", () => {
    const counted = [soft(1), soft(2), soft(3), soft(4)];
    expect(judge(ADDRESS, story([...counted, soft(5, { reason: "blocked" })]), DEFAULT_POLICY)).toEqual(
      judged(counted),
    );
    expect(judge(ADDRESS, story([...counted, soft(5, { bounceSubType: "ContentRejected" })]), DEFAULT_POLICY)).toEqual(
      judged(counted),
    );
  });

  test("by a policy of one's own", () => {
    const repeatedBounces = { bounces: 2, days: 1 };
    expect(shown(days(1, 3), { repeatedBounces })).toEqual(NOTHING);
    expect(shown(days(1, 2), { repeatedBounces })).toEqual(until("repeatedBounces", 2, 92));
  });
});

describe("a full mailbox", () => {
  test.each([
    ["once", [full(1)], NOTHING],
    ["for less than 30 days", [full(1), full(30.9)], NOTHING],
    ["for 30 days", [full(1), full(31)], until("mailboxFull", 31, 121)],
    ["with a delivery between", [full(1), delivered(15), full(31)], NOTHING],
    ["and since the delivery", [full(1), delivered(2), full(3), full(33)], until("mailboxFull", 33, 123)],
    ["until a delivery", [full(1), full(31), delivered(32)], NOTHING],
    ["found by a monthly mail", [full(1), full(32), full(62)], until("mailboxFull", 32, 152)],
    ["and nobody knows what was between", [full(1), full(62)], NOTHING],
    ["and again, after a long silence", [full(1), full(31), full(120), full(150)], until("mailboxFull", 150, 240)],
    [
      "by its reason, whatever the subtype",
      [soft(1, { reason: "mailboxFull" }), full(31)],
      until("mailboxFull", 31, 121),
    ],
    [
      "by its subtype, in another case",
      [full(1), soft(31, { bounceSubType: "MAILBOXFULL" })],
      until("mailboxFull", 31, 121),
    ],
    ["and other bounces between", [full(1), soft(15), soft(31)], NOTHING],
    ["five times in 14 days", [1, 2, 3, 4, 5].map((n) => full(n)), until("repeatedBounces", 5, 95)],
  ])("%s", (_, items, expected) => {
    expect(shown(items)).toEqual(expected);
  });
});

describe("SES's lists", () => {
  test.each([
    ["Suppressed", until("globalList", 1, 15)],
    ["OnAccountSuppressionList", forever("accountList", 1)],
    ["OnTenantSuppressionList", forever("tenantList", 1)],
    ["EmailValidationSuppressed", until("emailValidation", 1, 91)],
  ])("%s has a reason of its own, and is no new bounce", (bounceSubType, expected) => {
    expect(shown([hard(1, { bounceSubType })])).toEqual(expected);
    expect(judged([hard(1, { bounceSubType })]).counts).toEqual({
      permanent: 0,
      transient: 0,
      undetermined: 0,
      complaints: 0,
    });
  });

  test("the global list lasts from the last time that SES named it", () => {
    expect(shown([1, 10].map((n) => hard(n, { bounceSubType: "Suppressed" })))).toEqual(until("globalList", 1, 24));
  });

  test.each([
    ["OnAccountSuppressionList", "accountList"],
    ["OnTenantSuppressionList", "tenantList"],
  ] as const)("a complaint of the subtype %s is no new complaint", (complaintSubType, reason) => {
    const state = judged([complaint(1, { complaintSubType, candidates: 2 })]);
    expect(state).toMatchObject({ reason, since: day(1), suspect: false, counts: { complaints: 0 } });
  });
});

describe("complaints", () => {
  test("one suppresses, for good", () => {
    expect(shown([complaint(1)])).toEqual(forever("complaint", 1));
  });

  test("is never overwritten by a bounce", () => {
    expect(shown([complaint(1), hard(2)])).toEqual(forever("complaint", 1));
    expect(shown([hard(1), complaint(2)])).toEqual(forever("complaint", 2));
  });

  test("trap 1.13, one that names several makes a suspect, and blocks nothing", () => {
    const state = judged([complaint(1, { candidates: 2 })]);
    expect(state).toMatchObject({ ...NOTHING, suspect: true, counts: { complaints: 1 } });
  });

  test("a second one that names several suppresses", () => {
    const state = judged([complaint(1, { candidates: 2 }), complaint(2, { candidates: 9 })]);
    expect(state).toMatchObject({ ...forever("complaint", 2), suspect: false, counts: { complaints: 2 } });
  });

  test("a suspect who complains clearly is suppressed since then", () => {
    const state = judged([complaint(1, { candidates: 2 }), complaint(2)]);
    expect(state).toMatchObject({ ...forever("complaint", 2), suspect: false });
  });

  test("a suspect can be suppressed for something else", () => {
    expect(judged([complaint(1, { candidates: 2 }), hard(2)])).toMatchObject({ reason: "bounce", suspect: true });
  });

  test("as many as the policy wants", () => {
    const vague = [1, 2, 3].map((n) => complaint(n, { candidates: 2 }));
    expect(judged(vague.slice(0, 2), { ambiguousComplaints: 3 })).toMatchObject({ reason: null, suspect: true });
    expect(shown(vague, { ambiguousComplaints: 3 })).toEqual(forever("complaint", 3));
    expect(shown(vague.slice(0, 1), { ambiguousComplaints: 1 })).toEqual(forever("complaint", 1));
  });

  test("trap 1.11, two different reports about one mail both count, and one that comes twice counts once", () => {
    const { mail } = complaint(1);
    const first = complaint(1, { candidates: 2, id: "one", mail });
    const second = complaint(1, { candidates: 2, id: "two", mail });
    expect(judged([first, first])).toMatchObject({ suspect: true, counts: { complaints: 1 } });
    expect(judged([first, second])).toMatchObject({ reason: "complaint", counts: { complaints: 2 } });
  });

  test.each(["virus", "auth-failure"])("%s suppresses nobody", (feedbackType) => {
    expect(judge(ADDRESS, story([complaint(1, { feedbackType })]), DEFAULT_POLICY)).toBeUndefined();
  });
});

describe("trap 1.13, not-spam", () => {
  test.each([
    ["never adds a complaint", [notSpam(1)], NOTHING],
    ["takes back what was before it", [complaint(1), complaint(2), notSpam(3)], NOTHING],
    ["at the same time as well", [complaint(1), notSpam(1, { id: "other" })], NOTHING],
    ["but not what came after it", [complaint(1), notSpam(2), complaint(3)], forever("complaint", 3)],
    ["takes back no bounce", [complaint(1), hard(2), notSpam(3)], forever("bounce", 2)],
    [
      "that names several takes back no clear complaint",
      [complaint(1), notSpam(2, { candidates: 2 })],
      forever("complaint", 1),
    ],
    [
      "that names several takes back what was as vague",
      [complaint(1, { candidates: 2 }), complaint(2, { candidates: 2 }), notSpam(3, { candidates: 2 })],
      NOTHING,
    ],
    [
      "takes back a complaint that was imported",
      [imported(1, { reason: "complaint", since: day(0), expiresAt: null }), notSpam(2)],
      NOTHING,
    ],
  ])("%s", (_, items, expected) => {
    expect(judged(items)).toMatchObject({ ...expected, suspect: false });
  });
});

describe("persons", () => {
  test.each([
    ["add", [added(1)], forever("manual", 1)],
    ["add until a time", [added(1, day(8))], until("manual", 1, 8)],
    ["add, and again for longer", [added(1, day(8)), added(3, day(20))], until("manual", 1, 20)],
    ["add for good, whatever the policy says", [added(1, null)], forever("manual", 1)],
    ["are outweighed by a complaint", [added(1), complaint(2)], forever("complaint", 2)],
    ["outweigh a bounce", [hard(1), added(2)], forever("manual", 2)],
    [
      "import an entry as it is",
      [imported(9, { reason: "bounce", since: day(-300), expiresAt: null })],
      forever("bounce", -300),
    ],
    [
      "import an entry with its end",
      [imported(9, { reason: "emailValidation", since: day(-9), expiresAt: day(77) })],
      until("emailValidation", -9, 77),
    ],
    [
      "import an entry that has ended",
      [imported(9, { reason: "mailboxFull", since: day(-9), expiresAt: day(-1) })],
      until("mailboxFull", -9, -1),
    ],
    [
      "import what began before the same happened here",
      [imported(9, { reason: "bounce", since: day(-300), expiresAt: null }), hard(1)],
      forever("bounce", -300),
    ],
    [
      "import a soft entry, which a delivery ends",
      [imported(1, { reason: "repeatedBounces", since: day(0), expiresAt: null }), delivered(2)],
      NOTHING,
    ],
    [
      "import a soft entry, which a delivery since then has ended, although it is imported later",
      [imported(3, { reason: "mailboxFull", since: day(0), expiresAt: null }), delivered(2)],
      NOTHING,
    ],
    [
      "import a soft entry, which a delivery before it does not end",
      [imported(3, { reason: "mailboxFull", since: day(2), expiresAt: null }), delivered(1)],
      forever("mailboxFull", 2),
    ],
  ])("%s", (_, items, expected) => {
    expect(shown(items)).toEqual(expected);
  });

  test("an entry that the policy ends", () => {
    expect(shown([added(1)], { expiryDays: { ...DEFAULT_POLICY.expiryDays, manual: 30 } })).toEqual(
      until("manual", 1, 31),
    );
  });

  test("the spelling is that of the evidence that counts most", () => {
    expect(judged([soft(0), added(1)]).spelling).toBe("jane@Partner.example");
    expect(judged([soft(0), removed(1)]).spelling).toBe("Jane@partner.example");
  });
});

describe("trap 1.15, a person lifts a suppression", () => {
  const LIFTED = {
    ...NOTHING,
    probation: true,
    counts: { permanent: 0, transient: 0, undetermined: 0, complaints: 0 },
  };

  test.each([
    ["a bounce", [hard(1)]],
    ["a complaint", [complaint(1)]],
    ["SES's list", [hard(1, { bounceSubType: "OnAccountSuppressionList" })]],
    ["what a person added", [added(1)]],
    ["what was imported", [imported(1, { reason: "bounce", since: day(0), expiresAt: null })]],
    ["soft bounces", days(1, 1.1, 1.2, 1.3, 1.4)],
    ["a suspicion", [complaint(1, { candidates: 2 })]],
    ["nothing at all", []],
  ])("that stood for %s", (_, items) => {
    expect(judged([...items, removed(2)])).toMatchObject({ ...LIFTED, suspect: false });
  });

  test("what happened before, but is told only now, is void", () => {
    const late = filed(hard(1), DEFAULT_POLICY, day(5));
    expect(judged([removed(2), late])).toMatchObject(LIFTED);
  });

  test("in probation the next hard bounce suppresses at once, however many the policy wants", () => {
    const state = judged([hard(1), removed(2), hard(3)], { permanentBounces: 3 });
    expect(state).toMatchObject({ ...forever("bounce", 3), probation: false, counts: { permanent: 1 } });
  });

  test("in probation soft bounces count as always", () => {
    expect(judged([hard(1), removed(2), soft(3)])).toMatchObject({
      reason: null,
      probation: true,
      counts: { transient: 1 },
    });
  });

  test("what a person adds afterwards stands", () => {
    expect(judged([added(1), removed(2), added(3)])).toMatchObject({ ...forever("manual", 3), probation: false });
  });

  test("only the newest lifting counts", () => {
    expect(judged([removed(1), hard(2), removed(3)])).toMatchObject(LIFTED);
  });
});

describe("which reason is shown", () => {
  test("the one that lasts longest, so that no end hides what is still in force", () => {
    const listed = hard(85, { bounceSubType: "Suppressed" });
    const softs = days(80, 81, 82, 83, 84);
    expect(shown([listed])).toEqual(until("globalList", 85, 99));
    expect(shown([...softs, listed])).toEqual(until("repeatedBounces", 84, 174));
  });

  test("the heaviest of those that last as long", () => {
    const items = [hard(1, { bounceSubType: "OnTenantSuppressionList" }), hard(2), added(3), complaint(4)];
    expect(items.map((_, index) => shown(items.slice(0, index + 1)).reason)).toEqual([
      "tenantList",
      "bounce",
      "manual",
      "complaint",
    ]);
  });

  test("at no time is an address free while one of its reasons holds", () => {
    const items = [added(1, day(20)), hard(3, { bounceSubType: "Suppressed" }), ...days(4, 5, 6, 7, 8)];
    const state = { ...judged(items), version: 1 };
    for (let time = 8; time < 98; time++) expect(isInForce(state, day(time))).toBe(true);
    expect(isInForce(state, day(98))).toBe(false);
  });
});

describe("time", () => {
  test("what claims to be from the future happened when it was recorded", () => {
    const early = filed(hard(900, { id: "wrong-clock" }), DEFAULT_POLICY, day(1));
    expect(shown([early])).toEqual(forever("bounce", 1));
    expect(judged([early, removed(2)])).toMatchObject({ reason: null });
    expect(shown([filed(delivered(900), DEFAULT_POLICY, day(1)), ...days(2, 3, 4, 5, 6)])).toEqual(
      until("repeatedBounces", 6, 96),
    );
  });

  test("what does not say when happened when it was recorded", () => {
    expect(shown([filed(hard(1, { at: null }), DEFAULT_POLICY, day(7))])).toEqual(forever("bounce", 7));
  });
});

describe("one report that comes by several ways", () => {
  const told = complaint(1, { id: "feedback-id", candidates: 2 });

  test("is one, even when the copies are dated differently", () => {
    const mailed = { ...told, via: "arf", at: day(1.001) } as const;
    const published = { ...told, via: "event" } as const;
    expect(judged([told, mailed, published])).toMatchObject({ suspect: true, counts: { complaints: 1 } });
  });

  test("is what SES tells to programs, also where the mail reads differently", () => {
    const mailed = { ...soft(0.9, { id: "feedback-id" }), via: "dsn" } as const;
    const notified = hard(1, { id: "feedback-id" });
    expect(judged([mailed, notified])).toMatchObject({
      ...forever("bounce", 0.9),
      counts: { permanent: 1, transient: 0 },
    });
  });

  test("does not come back after it was lifted", () => {
    const mailed = filed({ ...hard(1), via: "dsn", at: null }, DEFAULT_POLICY, day(3));
    expect(judged([hard(1), removed(2), mailed])).toMatchObject({ reason: null, probation: true });
  });

  test("a bounce and a complaint of the same id are two", () => {
    expect(judged([hard(1, { id: "x" }), complaint(1, { id: "x" })]).counts).toMatchObject({
      permanent: 1,
      complaints: 1,
    });
  });
});
