import { describe, expect, test } from "vitest";
import { toEvidence } from "../../shared/suppression/evidence.ts";
import { judge } from "../../shared/suppression/judge.ts";
import { DEFAULT_POLICY, type SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { complaint, day, delivered, filed, full, hard, notSpam, soft, undetermined } from "../support/evidence.ts";
import { delayOf } from "../support/feedback.ts";

const ADDRESS = "jane@partner.example";

test("a report as it is kept: the address canonical, its spelling beside it", () => {
  const feedback = hard(1, { recipient: "Jane.Doe@Bücher.example" });
  expect(toEvidence(feedback, day(2), DEFAULT_POLICY)).toEqual({
    kind: "feedback",
    address: "jane.doe@xn--bcher-kva.example",
    spelling: "Jane.Doe@Bücher.example",
    shelf: "decisive",
    id: "notification report-1",
    at: day(1),
    recordedAt: day(2),
    keepUntil: null,
    feedback,
  });
});

test.each(["", "jane", "undisclosed recipients", "jane@"])(
  "a recipient that is no address is not kept: %j",
  (recipient) => {
    expect(toEvidence(hard(1, { recipient }), day(1), DEFAULT_POLICY)).toBeUndefined();
  },
);

describe("shelves, and how long they are kept from day 100 on", () => {
  test.each([
    ["a permanent bounce", hard(100), "decisive", null],
    ["one that was mislabelled", soft(100, { status: "5.1.1" }), "decisive", null],
    ["a complaint", complaint(100), "complaint", null],
    ["one that names several", complaint(100, { candidates: 2 }), "complaint", null],
    ["not-spam", notSpam(100), "complaint", null],
    ["a soft bounce", soft(100), "soft", day(280)],
    ["a full mailbox", full(100), "soft", day(280)],
    ["an undetermined bounce", undetermined(100), "soft", day(280)],
    ["SES's list, which never ends", hard(100, { bounceSubType: "OnAccountSuppressionList" }), "provider", null],
    ["the same by a complaint", complaint(100, { complaintSubType: "OnTenantSuppressionList" }), "provider", null],
    ["SES's list, which ends", hard(100, { bounceSubType: "Suppressed" }), "provider", day(280)],
    ["a delivery", delivered(100), "delivery", day(280)],
    ["a delay", delayOf({ recipient: ADDRESS, at: day(100) }), "told", day(130)],
    ["content that was rejected", soft(100, { bounceSubType: "ContentRejected" }), "told", day(130)],
    ["a virus complaint", complaint(100, { feedbackType: "virus" }), "told", day(130)],
    ["an unsubscribed recipient", hard(100, { bounceSubType: "UnsubscribedRecipient" }), "told", day(130)],
    ["a subtype that is new to us", hard(100, { bounceSubType: "NewerThanWe" }), "told", day(280)],
    ["a bounce that can be forged", hard(100, { trusted: false }), "untrusted", day(130)],
    ["a delivery that can be forged", delivered(100, { trusted: false }), "untrusted", day(130)],
  ])("%s", (_, feedback, shelf, keepUntil) => {
    expect(filed(feedback)).toMatchObject({ shelf, keepUntil });
  });

  test("what is old when it is told can be looked at for 30 days", () => {
    expect(filed(soft(1), DEFAULT_POLICY, day(900)).keepUntil).toBe(day(930));
  });

  test("what a wrong clock dates into the future is kept no longer", () => {
    expect(filed(soft(9_000), DEFAULT_POLICY, day(1)).keepUntil).toBe(day(181));
  });

  test.each([
    ["suppressions without end need their evidence without end", { repeatedBounces: null }, null],
    ["the longest that evidence can have an effect", { repeatedBounces: 400 }, day(415)],
  ])("%s, and so with the deliveries that void it", (_, expiry, keepUntil) => {
    const policy = { ...DEFAULT_POLICY, expiryDays: { ...DEFAULT_POLICY.expiryDays, ...expiry } };
    expect(filed(soft(1), policy).keepUntil).toBe(keepUntil);
    expect(filed(delivered(1), policy).keepUntil).toBe(keepUntil);
  });

  test("a list's evidence is kept for as long as its reason lasts", () => {
    const policy = { ...DEFAULT_POLICY, expiryDays: { ...DEFAULT_POLICY.expiryDays, accountList: 200 } };
    expect(filed(hard(1, { bounceSubType: "OnAccountSuppressionList" }), policy).keepUntil).toBe(day(201));
  });
});

describe("what is deleted in its time takes no suppression with it that is still in force", () => {
  test.each([
    ["a full mailbox, found full each month", [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300]],
    ["a full mailbox, in all the silences that are allowed", [0, 29, 89, 118, 177, 206, 265]],
    ["bursts", [0, 1, 2, 3, 14, 15, 16, 17, 100, 101, 102, 103, 114, 200, 201, 202, 203, 204]],
  ])("%s", (_, times) => {
    const policy: SuppressionPolicy = DEFAULT_POLICY;
    const all = times.map((n) => filed(full(n), policy));
    for (let today = 0; today < 500; today++) {
      const told = all.filter(({ recordedAt }) => recordedAt <= day(today));
      const kept = told.filter(({ keepUntil }) => keepUntil === null || keepUntil > day(today));
      const endOf = (items: typeof all) => judge(ADDRESS, items, policy)?.expiresAt ?? day(0);
      const end = endOf(told);
      expect(endOf(kept) > day(today) ? endOf(kept) : "over").toBe(end > day(today) ? end : "over");
    }
  });
});
