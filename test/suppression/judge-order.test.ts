import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import { judge } from "../../shared/suppression/judge.ts";
import { DEFAULT_POLICY, type SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { type Evidence, SUPPRESSION_REASONS } from "../../shared/suppression/suppression.ts";
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
  undetermined,
} from "../support/evidence.ts";

const ADDRESS = "jane@partner.example";

// Few days, so that many things happen at the same time and often enough to matter.
const days = fc.integer({ min: 0, max: 80 }).map((half) => half / 2);
const id = fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined });
const spelling = fc.constantFrom("jane@partner.example", "JANE@partner.example", "Jane@Partner.example");
const via = fc.constantFrom("notification", "event", "dsn", "arf");

const report: fc.Arbitrary<Feedback> = fc
  .record({
    make: fc.oneof(
      fc.constantFrom(hard, soft, full, undetermined, complaint, notSpam, delivered),
      fc
        .constantFrom("Suppressed", "OnAccountSuppressionList", "EmailValidationSuppressed", "NewerThanWe")
        .map((bounceSubType) => (n: number) => hard(n, { bounceSubType })),
      fc.constant((n: number) => complaint(n, { candidates: 2 })),
      fc.constant((n: number) => notSpam(n, { candidates: 2 })),
    ),
    days,
    id,
    recipient: spelling,
    via,
    trusted: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    isDated: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  })
  .map(({ make, days: n, id: given, isDated, ...parts }) => {
    const made = { ...make(n), ...parts };
    return { ...made, id: given ?? made.id, at: isDated ? made.at : null };
  });

const reason = fc.constantFrom(...SUPPRESSION_REASONS);
const act: fc.Arbitrary<Evidence> = fc.oneof(
  days.map((n) => added(n)),
  fc.tuple(days, days).map(([n, length]) => added(n, day(n + length))),
  days.map(removed),
  fc
    .tuple(days, reason, days, fc.option(days))
    .map(([n, why, since, end]) =>
      imported(n, { reason: why, since: day(since), expiresAt: end === null ? null : day(end) }),
    ),
);

const recorded = fc.tuple(report, days).map(([feedback, late]) => filed(feedback, DEFAULT_POLICY, day(late)));
const history = fc.array(fc.oneof({ weight: 5, arbitrary: recorded }, { weight: 1, arbitrary: act }), {
  maxLength: 40,
});
const shuffled = history.chain((items) =>
  fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length })),
);
const policies: fc.Arbitrary<SuppressionPolicy> = fc.record({
  bounces: fc.constant(DEFAULT_POLICY.bounces),
  harmlessReasons: fc.constant(DEFAULT_POLICY.harmlessReasons),
  uncountedReasons: fc.constant(DEFAULT_POLICY.uncountedReasons),
  mislabelled: fc.boolean(),
  permanentBounces: fc.integer({ min: 1, max: 3 }),
  repeatedBounces: fc.record({ bounces: fc.integer({ min: 2, max: 6 }), days: fc.integer({ min: 1, max: 30 }) }),
  mailboxFullDays: fc.integer({ min: 1, max: 40 }),
  ambiguousComplaints: fc.integer({ min: 1, max: 3 }),
  expiryDays: fc.constantFrom(
    DEFAULT_POLICY.expiryDays,
    { ...DEFAULT_POLICY.expiryDays, bounce: 3, complaint: 9, manual: 1 },
    { ...DEFAULT_POLICY.expiryDays, repeatedBounces: null, mailboxFull: 1, globalList: 2 },
  ),
});

describe("of any history", () => {
  test("any order of the same evidence gives the same state", () => {
    fc.assert(
      fc.property(shuffled, policies, ([items, other], policy) => {
        expect(judge(ADDRESS, other, policy)).toEqual(judge(ADDRESS, items, policy));
      }),
      { numRuns: 1_000 },
    );
  });

  test("the same evidence twice changes nothing", () => {
    fc.assert(
      fc.property(history, policies, (items, policy) => {
        expect(judge(ADDRESS, [...items, ...items], policy)).toEqual(judge(ADDRESS, items, policy));
      }),
    );
  });

  test("a state is whole: a reason has its beginning, and without one there is neither", () => {
    fc.assert(
      fc.property(history, policies, (items, policy) => {
        const state = judge(ADDRESS, items, policy);
        if (state === undefined) return;
        expect(state.since === null).toBe(state.reason === null);
        if (state.reason === null) expect(state.expiresAt).toBeNull();
        if (state.reason !== null) expect(state.probation).toBe(false);
        expect(items.map((item) => item.spelling)).toContain(state.spelling);
      }),
    );
  });

  test("trap 1.14, evidence that can have been written by anybody changes nothing", () => {
    fc.assert(
      fc.property(history, fc.array(report), policies, (items, forged, policy) => {
        const untrusted = forged.map((feedback) => filed({ ...feedback, trusted: false }));
        expect(judge(ADDRESS, [...items, ...untrusted], policy)).toEqual(judge(ADDRESS, items, policy));
      }),
    );
  });

  test("trap 1.12, after a hard bounce the address is suppressed, whatever soft ones there are", () => {
    const softs = fc.array(
      fc.oneof(
        days.map((n) => soft(n)),
        days.map((n) => full(n)),
        days.map(undetermined),
        days.map((n) => delivered(n)),
      ),
    );
    fc.assert(
      fc.property(softs, days, (reports, n) => {
        const items = [...reports, hard(n, { id: "hard" })].map((feedback) => filed(feedback));
        expect(judge(ADDRESS, items, DEFAULT_POLICY)).toMatchObject({
          reason: "bounce",
          since: day(n),
          expiresAt: null,
        });
      }),
    );
  });

  test("trap 1.15, whatever was known, a removal after it makes the address free, and a hard bounce after that does not", () => {
    fc.assert(
      fc.property(history, policies, (items, policy) => {
        const lifted = [...items, removed(41)];
        const state = judge(ADDRESS, lifted, policy);
        expect(state).toMatchObject({ reason: null, suspect: false, probation: true });
        const again = judge(ADDRESS, [...lifted, filed(hard(42, { id: "new" }))], policy);
        expect(isInForce(again, day(42))).toBe(true);
      }),
    );
  });
});
