import { describe, expect, test } from "vitest";
import { type Bounce, FEEDBACK_REASONS } from "../../shared/feedback/feedback.ts";
import { effectOf } from "../../shared/suppression/effect.ts";
import { DEFAULT_POLICY, type SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { bounceOf } from "../support/feedback.ts";

function effectOfBounce(parts: Partial<Bounce>, policy: Partial<SuppressionPolicy> = {}) {
  const silent = { status: null, diagnosticCode: null, reason: "undefined" } as const;
  return effectOf(bounceOf({ ...silent, ...parts }), { ...DEFAULT_POLICY, ...policy });
}

describe("each row of SES fact 2.3.1", () => {
  test.each([
    ["Undetermined", "Undetermined", "countHalf", undefined, undefined],
    ["Permanent", "General", "suppress", "bounce", undefined],
    ["Permanent", "NoEmail", "suppress", "bounce", undefined],
    ["Permanent", "Suppressed", "suppress", "globalList", undefined],
    ["Permanent", "OnAccountSuppressionList", "suppress", "accountList", undefined],
    ["Permanent", "OnTenantSuppressionList", "suppress", "tenantList", undefined],
    ["Permanent", "UnsubscribedRecipient", "none", undefined, undefined],
    ["Permanent", "EmailValidationSuppressed", "suppress", "emailValidation", undefined],
    ["Transient", "General", "count", undefined, undefined],
    ["Transient", "MailboxFull", "count", undefined, undefined],
    ["Transient", "MessageTooLarge", "none", undefined, undefined],
    ["Transient", "ContentRejected", "none", undefined, "operators"],
    ["Transient", "AttachmentRejected", "none", undefined, "operators"],
    ["Transient", "CustomTimeoutExceeded", "count", undefined, undefined],
    ["Permanent", "NewerThanWe", "none", undefined, "unknownSubtype"],
    ["Transient", "NewerThanWe", "count", undefined, "unknownSubtype"],
    ["Undetermined", "NewerThanWe", "countHalf", undefined, "unknownSubtype"],
    // SES's API spells them so.
    ["Permanent", "ONACCOUNTSUPPRESSIONLIST", "suppress", "accountList", undefined],
    ["Transient", "MAILBOXFULL", "count", undefined, undefined],
    // What an object has of its own is no subtype that we know.
    ["Permanent", "constructor", "none", undefined, "unknownSubtype"],
    ["Permanent", "__proto__", "none", undefined, "unknownSubtype"],
  ] as const)("%s/%s: %s %s, told: %s", (bounceType, bounceSubType, effect, reason, told) => {
    const found = effectOfBounce({ bounceType, bounceSubType });
    expect(found).toMatchObject({ effect });
    expect(found.reason).toBe(reason);
    expect(found.told).toBe(told);
  });
});

describe("reasons", () => {
  test.each([
    ["contentRejected", "operators"],
    ["virusDetected", "operators"],
    ["authFailure", "operators"],
    ["tooLarge", undefined],
  ] as const)("%s speaks of our mail: no type of bounce for it suppresses or counts", (reason, told) => {
    for (const bounceType of ["Permanent", "Transient", "Undetermined"] as const) {
      const found = effectOfBounce({
        bounceType,
        bounceSubType: bounceType === "Undetermined" ? bounceType : "General",
        reason,
      });
      expect(found.effect).toBe("none");
      expect(found.told).toBe(told);
    }
  });

  test.each(["blocked", "policy", "rateLimited", "networkError", "systemError"] as const)(
    "%s speaks of the way to the mailbox: a transient bounce for it does not count, a permanent one suppresses",
    (reason) => {
      expect(effectOfBounce({ bounceType: "Transient", reason }).effect).toBe("none");
      expect(effectOfBounce({ bounceType: "Permanent", reason }).effect).toBe("suppress");
    },
  );

  test.each(
    FEEDBACK_REASONS.filter(
      (reason) => ![...DEFAULT_POLICY.harmlessReasons, ...DEFAULT_POLICY.uncountedReasons].includes(reason),
    ),
  )("%s: a transient bounce counts", (reason) => {
    expect(effectOfBounce({ bounceType: "Transient", reason }).effect).toBe("count");
  });

  test("a bounce by which SES says that it did not try is not judged by its reason", () => {
    const parts = { bounceSubType: "OnAccountSuppressionList", reason: "contentRejected" } as const;
    expect(effectOfBounce(parts)).toMatchObject({ effect: "suppress", reason: "accountList" });
  });
});

describe("trap 1.13, 550 5.1.1 mislabelled Transient", () => {
  const mislabelled = { bounceType: "Transient", bounceSubType: "General", reason: "userUnknown" } as const;
  test.each([
    ["in the status", { status: "5.1.1" }],
    ["in the diagnostic code", { status: "4.0.0", diagnosticCode: "smtp; 550 5.1.1 user unknown" }],
    ["in an answer of several lines", { diagnosticCode: "smtp; 550-5.1.1 The account does\n550 5.1.1 not exist" }],
    ["behind what SES says", { diagnosticCode: "Issue with recipient; last response: 550 #5.1.1 <x>: unknown" }],
  ])("%s: suppresses", (_, said) => {
    expect(effectOfBounce({ ...mislabelled, ...said })).toMatchObject({ effect: "suppress", reason: "bounce" });
  });

  test.each([
    ["the rule is switched off", { status: "5.1.1" }, { mislabelled: false }, "count"],
    ["another status", { status: "4.1.1", diagnosticCode: "smtp; 450 4.1.1 try later" }, {}, "count"],
    ["a part of a longer number", { diagnosticCode: "smtp; 451 from 15.1.1.9: try later" }, {}, "count"],
    ["a full mailbox is one that exists", { status: "5.1.1", reason: "mailboxFull" }, {}, "count"],
    ["a way that is blocked says nothing of the mailbox", { status: "5.1.1", reason: "blocked" }, {}, "none"],
    ["content that was rejected", { status: "5.1.1", reason: "contentRejected" }, {}, "none"],
    ["a subtype that speaks of content", { status: "5.1.1", bounceSubType: "ContentRejected" }, {}, "none"],
    ["nobody knows the type", { status: "5.1.1", bounceType: "Undetermined" }, {}, "countHalf"],
  ] as const)("%s: does not", (_, said, policy, effect) => {
    expect(effectOfBounce({ ...mislabelled, ...said }, policy).effect).toBe(effect);
  });
});

describe("a policy of one's own", () => {
  test.each([
    ["a known subtype", "Transient/General", "none", { bounceType: "Transient", bounceSubType: "General" }],
    ["a subtype by another case", "Permanent/General", "count", { bounceSubType: "GENERAL" }],
    ["all that are not named", "Permanent/*", "suppress", { bounceSubType: "NewerThanWe" }],
    ["SES's list", "Permanent/OnAccountSuppressionList", "none", { bounceSubType: "OnAccountSuppressionList" }],
    ["SES's list, counted", "Permanent/Suppressed", "count", { bounceSubType: "Suppressed" }],
  ] as const)("names %s", (_, key, effect, parts) => {
    const policy = { bounces: { ...DEFAULT_POLICY.bounces, [key]: effect } };
    expect(effectOfBounce(parts, policy).effect).toBe(effect);
  });

  test("a subtype that it names is not new to us", () => {
    const policy = { bounces: { ...DEFAULT_POLICY.bounces, "Permanent/NewerThanWe": "suppress" } } as const;
    const found = effectOfBounce({ bounceSubType: "NewerThanWe" }, policy);
    expect(found).toMatchObject({ effect: "suppress", reason: "bounce" });
    expect(found.told).toBeUndefined();
  });

  test("that names nothing does nothing", () => {
    expect(effectOfBounce({}, { bounces: {} }).effect).toBe("none");
  });

  test("that wants several permanent bounces says so", () => {
    expect(effectOfBounce({}, { permanentBounces: 3 }).why).toBe(
      "It is one of the 3 that suppress, because the bounce is permanent (Permanent/General).",
    );
  });
});

test.each([
  [{}, "It suppresses, because the bounce is permanent (Permanent/General)."],
  [
    { bounceType: "Transient", status: "5.1.1" },
    "It suppresses, because the server says 5.1.1, no such mailbox, although the bounce is labelled Transient/General.",
  ],
  [{ bounceType: "Transient" }, "It counts, because the bounce is not permanent (Transient/General)."],
  [{ reason: "tooLarge" }, "It does nothing, because the reason (tooLarge) speaks of our mail, not of the mailbox."],
  [
    { bounceSubType: "NewerThanWe" },
    "It does nothing, because Permanent/NewerThanWe says nothing against the mailbox; the subtype is new to us.",
  ],
] as const)("why, in a sentence: %j", (parts, why) => {
  expect(effectOfBounce(parts).why).toBe(why);
});
