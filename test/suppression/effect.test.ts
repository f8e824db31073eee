import { describe, expect, test } from "vitest";
import type { Complaint } from "../../shared/feedback/feedback.ts";
import { effectOf } from "../../shared/suppression/effect.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { bounceOf, complaintOf, delayOf, deliveryOf } from "../support/feedback.ts";

function effectOfComplaint(parts: Partial<Complaint>, policy = DEFAULT_POLICY) {
  return effectOf(complaintOf(parts), policy);
}

describe("each row of SES fact 2.4", () => {
  test.each([
    [null, 1, "suppress", "complaint", undefined],
    ["abuse", 1, "suppress", "complaint", undefined],
    ["fraud", 1, "suppress", "complaint", undefined],
    ["other", 1, "suppress", "complaint", undefined],
    ["newer-than-we", 1, "suppress", "complaint", undefined],
    ["constructor", 1, "suppress", "complaint", undefined],
    ["not-spam", 1, "lift", undefined, undefined],
    ["virus", 1, "none", undefined, "operators"],
    ["auth-failure", 1, "none", undefined, "operators"],
    ["Auth-Failure", 1, "none", undefined, "operators"],
    [null, 2, "suspect", undefined, undefined],
    ["abuse", 2, "suspect", undefined, undefined],
    ["fraud", 30, "suspect", undefined, undefined],
    ["not-spam", 2, "lift", undefined, undefined],
    ["virus", 2, "none", undefined, "operators"],
  ] as const)("%s naming %i: %s %s, told: %s", (feedbackType, candidates, effect, reason, told) => {
    const found = effectOfComplaint({ feedbackType, candidates });
    expect(found.effect).toBe(effect);
    expect(found.reason).toBe(reason);
    expect(found.told).toBe(told);
  });

  test.each([
    ["OnAccountSuppressionList", 1, "suppress", "accountList", undefined],
    ["OnTenantSuppressionList", 1, "suppress", "tenantList", undefined],
    ["ONACCOUNTSUPPRESSIONLIST", 3, "suppress", "accountList", undefined],
    ["NewerThanWe", 1, "none", undefined, "unknownSubtype"],
    ["constructor", 1, "none", undefined, "unknownSubtype"],
  ] as const)(
    "subtype %s naming %i is no new complaint: %s %s, told: %s",
    (complaintSubType, candidates, effect, reason, told) => {
      const found = effectOfComplaint({ complaintSubType, candidates });
      expect(found.effect).toBe(effect);
      expect(found.reason).toBe(reason);
      expect(found.told).toBe(told);
    },
  );

  test("where one complaint that names several is enough for the policy, it suppresses", () => {
    const policy = { ...DEFAULT_POLICY, ambiguousComplaints: 1 };
    expect(effectOfComplaint({ candidates: 2 }, policy)).toMatchObject({ effect: "suppress", reason: "complaint" });
  });
});

test.each([bounceOf(), complaintOf(), complaintOf({ feedbackType: "not-spam" }), deliveryOf(), delayOf()])(
  "trap 1.14, what anybody can have written does nothing: $kind",
  (feedback) => {
    expect(effectOf({ ...feedback, trusted: false }, DEFAULT_POLICY)).toEqual({
      effect: "none",
      why: "It does nothing, because the mail that tells it can have been written by anybody.",
    });
  },
);

test.each([delayOf(), deliveryOf()])("a $kind does nothing to its address", (feedback) => {
  expect(effectOf(feedback, DEFAULT_POLICY).effect).toBe("none");
});

test("why, in a sentence: a complaint that names several", () => {
  expect(effectOfComplaint({ candidates: 3 }).why).toBe(
    "It makes a suspect, because the complaint names 3 recipients and nobody knows who of them complained.",
  );
});
