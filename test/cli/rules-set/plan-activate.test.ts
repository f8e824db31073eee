import { describe, expect, test } from "vitest";
import type { Before } from "../../../cli/rules-set/before.ts";
import { type ActivateChoices, planActivate } from "../../../cli/rules-set/plan-activate.ts";
import type { Situation } from "../../../cli/rules-set/situation.ts";
import type { ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import { ourRule, ruleOf } from "../../support/receipt-rules.ts";
import { hint, NONE_ACTIVE, OURS_ACTIVE, situationOf } from "./situations.ts";

const plan = (situation: Situation, choices: Partial<ActivateChoices> = {}, kept?: Before) =>
  planActivate(situation, kept, { isSwitch: false, hint, ...choices });

test("ours is activated where none is; what was before is kept", () => {
  expect(plan(NONE_ACTIVE)).toMatchObject({
    kind: "change",
    steps: [{ do: "activate", set: "mailroom-prod", insteadOf: undefined, stops: [] }],
    seen: undefined,
    before: { activeBefore: null, mergedInto: [] },
    warnings: [],
  });
});

test("where ours is active, there is nothing to do, and what was before stays kept", () => {
  expect(plan(OURS_ACTIVE, { isSwitch: true })).toEqual({
    kind: "nothing",
    why: ["mailroom-prod is the active rule set already."],
  });
});

test("trap 1.19: where another set is active it is refused, with what would stop and what to run", () => {
  expect(plan(situationOf([ruleOf("orders"), ruleOf("off", { enabled: false })]))).toEqual({
    kind: "refused",
    why: [
      "acme-inbound is the active rule set, and there is one at a time. Nothing was changed.",
      "With mailroom-prod in its place these rules get no mail any more:",
      "  orders: orders@acme.example",
      "To leave it active and put our rule into it: mailroom merge",
      "To switch all the same: mailroom activate --switch",
    ],
  });
});

test("where our rule is in the active set, that is said", () => {
  expect(plan(situationOf([ourRule()]))).toMatchObject({
    kind: "refused",
    why: [
      expect.anything(),
      "Mailroom gets mail as it is: mailroom-prod-store is one of the rules of acme-inbound.",
      expect.anything(),
    ],
  });
});

test("a switch keeps which set was active, and which our rule was put into; our own copy does not stop", () => {
  const kept: Before = { v: 1, mergedInto: ["acme-inbound"] };
  expect(plan(situationOf([ruleOf("orders"), ourRule()]), { isSwitch: true }, kept)).toMatchObject({
    kind: "change",
    steps: [{ do: "activate", set: "mailroom-prod", insteadOf: "acme-inbound", stops: [{ name: "orders" }] }],
    seen: "acme-inbound",
    before: { v: 1, activeBefore: "acme-inbound", mergedInto: ["acme-inbound"] },
  });
});

describe("a switch warns of whose mail is refused then", () => {
  test.each<{ rules: readonly ReceiptRule[]; ours?: Partial<ReceiptRule>; warnings: readonly string[] }>([
    { rules: [ruleOf("orders", { recipients: ["orders@mail.acme.example"] })], warnings: [] },
    {
      rules: [
        ruleOf("all", { recipients: ["mail.acme.example", ".acme.example", "a@acme.example", "desk@acme.example"] }),
      ],
      warnings: [
        "from then on SES refuses mail for every address at subdomains of acme.example, a@acme.example: mailroom-prod-store does not take it",
      ],
    },
    {
      rules: [ruleOf("all", { recipients: [] }), ruleOf("orders")],
      warnings: [
        "from then on SES refuses all mail but that for every address at mail.acme.example, desk@acme.example",
      ],
    },
    { rules: [ruleOf("all", { recipients: [] })], ours: { recipients: [] }, warnings: [] },
    {
      rules: [],
      ours: { enabled: false },
      warnings: ["mailroom-prod-store is disabled: SES does not go by it until somebody enables it"],
    },
  ])("$rules.0.recipients: $warnings", ({ rules, ours, warnings }) => {
    const situation = situationOf(rules, { ours: { name: "mailroom-prod", rules: [ourRule(ours)] } });
    expect(plan(situation, { isSwitch: true })).toMatchObject({ warnings });
  });
});

test.each([
  { what: "our set", ours: undefined },
  { what: "our rule", ours: { name: "mailroom-prod", rules: [ruleOf("other")] } },
])("without $what nothing is activated", ({ ours }) => {
  expect(plan(situationOf([], { ours, active: undefined }))).toEqual({
    kind: "refused",
    why: [
      "There is no rule set mailroom-prod with the rule mailroom-prod-store, as the deployment made it: deploy the stage again.",
    ],
  });
});
