import { describe, expect, test } from "vitest";
import { checkFeedback, type FeedbackFacts } from "../../../cli/doctor/checks/feedback.ts";
import { checkRule } from "../../../cli/doctor/checks/rule.ts";
import { checkRuleSet } from "../../../cli/doctor/checks/rule-set.ts";
import type { ReceiptRule, ReceiptRuleSet } from "../../../shared/receipt/receipt-rule.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { ASK, ourRule, ruleOf, STOP } from "../../support/receipt-rules.ts";
import { SUBJECT, told } from "./subjects.ts";

describe("the receipt rule", () => {
  const [stores, calls] = ourRule().actions;
  const actions = (...chosen: readonly (ReceiptRule["actions"][number] | undefined)[]) => ({
    actions: chosen.filter((action) => action !== undefined),
  });
  const well =
    "ok: the receipt rule mailroom-prod-store is enabled, scans, stores the mail and then calls process-mail";

  test.each<[title: string, said: Partial<ReceiptRule>, expected: readonly string[]]>([
    ["as it was deployed", {}, [well]],
    ["with screening before", actions(ASK, stores, calls), [well]],
    ["disabled", { enabled: false }, ["error: the receipt rule mailroom-prod-store is disabled"]],
    ["without scanning", { scanEnabled: false }, ["warning: the receipt rule mailroom-prod-store does not scan mail"]],
    [
      "calling before it stores",
      actions(calls, stores),
      ["error: the receipt rule mailroom-prod-store calls process-mail before it stores the mail"],
    ],
    [
      "waiting for process-mail",
      actions(stores, calls && { ...calls, settings: { ...calls.settings, InvocationType: "RequestResponse" } }),
      ["error: the receipt rule mailroom-prod-store waits for process-mail (InvocationType RequestResponse)"],
    ],
    [
      "calling as SES does when nothing is said",
      actions(stores, { type: "LambdaAction", settings: { FunctionArn: OUTPUTS.ProcessMailFunction } }),
      [well],
    ],
    [
      "ending before it stores",
      actions(STOP, stores, calls),
      ["error: the receipt rule mailroom-prod-store has a StopAction before it stores the mail"],
    ],
    [
      "refusing before it stores",
      actions({ type: "BounceAction", settings: { SmtpReplyCode: "550" } }, stores, calls),
      ["error: the receipt rule mailroom-prod-store has a BounceAction before it stores the mail"],
    ],
    [
      "ending before it calls",
      actions(stores, STOP, calls),
      ["error: the receipt rule mailroom-prod-store has a StopAction before it calls process-mail"],
    ],
    ["ending after all", actions(stores, calls, STOP), [well]],
    ["storing only", actions(stores), ["error: the receipt rule mailroom-prod-store does not call process-mail"]],
    [
      "storing elsewhere",
      actions({ type: "S3Action", settings: { BucketName: "other", ObjectKeyPrefix: "mail/" } }, calls),
      [`error: the receipt rule mailroom-prod-store does not store mail in ${OUTPUTS.MailBucket} below mail/`],
    ],
  ])("%s", (_, said, expected) => {
    const mend = { switches: "switch", actions: "deploy" };
    expect(told(checkRule(ourRule(said), SUBJECT.deployment, mend))).toEqual(expected);
  });
});

describe("the active rule set", () => {
  const ours: ReceiptRuleSet = { name: OUTPUTS.ReceiptRuleSet, rules: [ourRule()] };
  const set = (...rules: readonly ReceiptRule[]): ReceiptRuleSet => ({ name: "acme", rules });
  const hint = (words: string) => `npm run mailroom -- rules-set ${words} --stage prod`;

  test.each<
    [
      title: string,
      active: ReceiptRuleSet | undefined,
      expected: readonly string[],
      mend: readonly string[] | undefined,
    ]
  >([
    ["is ours", ours, ["ok: the active receipt rule set mailroom-prod has our rule"], undefined],
    ["has our rule", set(ruleOf("a"), ourRule()), ["ok: the active receipt rule set acme has our rule"], undefined],
    ["is none", undefined, ["error: no receipt rule set is active in eu-west-1"], [hint("activate --apply")]],
    [
      "is another's",
      set(ruleOf("a")),
      ["error: the active receipt rule set acme does not have our rule mailroom-prod-store"],
      [hint("merge"), hint("activate --switch")],
    ],
    [
      "has an older rule of ours",
      set(ourRule({ recipients: ["old.acme.example"] })),
      ["warning: our rule in the active receipt rule set acme is not as it was deployed last"],
      [hint("merge --apply")],
    ],
  ])("%s", (_, active, expected, mend) => {
    const found = checkRuleSet(SUBJECT, { own: SUBJECT.deployment, active, ours });
    expect([told(found), found[0]?.mend]).toEqual([expected, mend]);
  });

  test("has a rule before ours that takes its mail", () => {
    const taker = ruleOf("taker", { recipients: ["mail.acme.example"], actions: [STOP] });
    const [, found] = checkRuleSet(SUBJECT, { own: SUBJECT.deployment, active: set(taker, ourRule()), ours });
    expect(found).toMatchObject({ level: "warning", what: expect.stringContaining("taker") });
  });
});

describe("feedback", () => {
  const to = (types: readonly string[], topic: string, isEnabled = true) => ({ isEnabled, types, topic });
  const bounces = to(["BOUNCE"], OUTPUTS.BounceTopic);
  const complaints = to(["COMPLAINT"], OUTPUTS.ComplaintTopic);
  const byEvents: FeedbackFacts = {
    destinations: [bounces, complaints],
    identitySet: OUTPUTS.ConfigurationSet,
    bounceTopic: undefined,
    complaintTopic: undefined,
    isForwarding: false,
  };
  const notified = { bounceTopic: OUTPUTS.BounceTopic, complaintTopic: OUTPUTS.ComplaintTopic };

  test.each<[title: string, said: Partial<FeedbackFacts>, expected: readonly string[]]>([
    ["by events", {}, ["ok: bounces and complaints are told by events"]],
    ["by notifications", { destinations: [], ...notified }, ["ok: bounces and complaints are told by notifications"]],
    [
      "by both ways",
      notified,
      [
        "ok: bounces and complaints are told by events",
        "info: bounces and complaints are told by events and by notifications",
      ],
    ],
    [
      "by events and e-mail",
      { isForwarding: true },
      ["ok: bounces and complaints are told by events", "info: bounces and complaints come by e-mail, too"],
    ],
    ["by nothing", { destinations: [] }, ["error: SES tells us neither bounces nor complaints"]],
    [
      "only bounces",
      { destinations: [bounces] },
      ["error: the configuration set mailroom-prod tells bounces, and no complaints"],
    ],
    [
      "a destination that is turned off",
      { destinations: [bounces, to(["COMPLAINT"], OUTPUTS.ComplaintTopic, false)] },
      ["error: the configuration set mailroom-prod tells bounces, and no complaints"],
    ],
    [
      "a topic of somebody else",
      { destinations: [to(["BOUNCE"], "arn:other"), complaints] },
      ["error: the configuration set mailroom-prod tells complaints, and no bounces"],
    ],
    [
      "only bounces by notification",
      { destinations: [], bounceTopic: OUTPUTS.BounceTopic },
      ["error: the identity mail.acme.example tells bounces, and no complaints"],
    ],
    [
      "both by events, bounces also by notification",
      { bounceTopic: OUTPUTS.BounceTopic },
      ["warning: the identity mail.acme.example tells bounces, and no complaints"],
    ],
    [
      "an identity that goes by another set",
      { identitySet: "other" },
      ["warning: what mail.acme.example sends without naming the configuration set mailroom-prod is told to nobody"],
    ],
    [
      "such an identity with notifications",
      { identitySet: undefined, ...notified },
      [
        "ok: bounces and complaints are told by events",
        "info: bounces and complaints are told by events and by notifications",
      ],
    ],
  ])("%s", (_, said, expected) => {
    expect(told(checkFeedback(SUBJECT, { ...byEvents, ...said }))).toEqual(expected);
  });
});
