import { expect, test } from "vitest";
import type { Before } from "../../../cli/rules-set/before.ts";
import { planRestore } from "../../../cli/rules-set/plan-restore.ts";
import type { ReceiptRuleSet } from "../../../shared/receipt/receipt-rule.ts";
import { ourRule, ruleOf } from "../../support/receipt-rules.ts";
import { NONE_ACTIVE, OURS_ACTIVE, situationOf } from "./situations.ts";

const ACME: ReceiptRuleSet = { name: "acme-inbound", rules: [ruleOf("orders")] };
const MERGED: ReceiptRuleSet = { name: "acme-inbound", rules: [ruleOf("orders"), ourRule()] };

function kept(activeBefore: string | null | undefined, ...mergedInto: string[]): Before {
  return { v: 1, mergedInto, ...(activeBefore !== undefined && { activeBefore }) };
}

test("the set that was active before is activated again", () => {
  expect(planRestore(OURS_ACTIVE, kept("acme-inbound"), [ACME])).toMatchObject({
    steps: [{ do: "activate", set: "acme-inbound", insteadOf: "mailroom-prod", stops: [ourRule()] }],
    seen: "mailroom-prod",
    afterwards: { v: 1, mergedInto: [] },
    warnings: [],
  });
});

test.each([
  { before: kept(null), why: "no rule set was active before" },
  { before: kept("acme-inbound"), why: "acme-inbound, which was active before, is not there any more" },
  { before: kept(undefined), why: "it is not known which rule set was active before" },
  { before: undefined, why: "it is not known which rule set was active before" },
])("otherwise receiving ends, and that is said: $why", ({ before, why }) => {
  expect(planRestore(OURS_ACTIVE, before, [])).toMatchObject({
    steps: [{ do: "deactivate", set: "mailroom-prod" }],
    warnings: [`${why}: SES then receives no mail at all`],
  });
});

test("our rule is taken out of the active set of somebody else, whether or not it was kept that we put it there", () => {
  const takeOut = [{ do: "takeOut", set: "acme-inbound", rule: ourRule() }];
  expect(planRestore(situationOf(MERGED.rules), undefined, [])).toMatchObject({ steps: takeOut, warnings: [] });
  expect(planRestore(situationOf(MERGED.rules), kept(undefined, "acme-inbound"), [MERGED])).toMatchObject({
    steps: takeOut,
  });
});

test("a set that is not active any more gives our rule back too", () => {
  expect(planRestore(NONE_ACTIVE, kept(undefined, "acme-inbound"), [MERGED])).toMatchObject({
    steps: [{ do: "takeOut", set: "acme-inbound" }],
  });
});

test("a switch after a merge is undone whole: mail goes to them first, then our rule goes", () => {
  expect(planRestore(OURS_ACTIVE, kept("acme-inbound", "acme-inbound"), [MERGED])).toMatchObject({
    steps: [
      { do: "activate", set: "acme-inbound" },
      { do: "takeOut", set: "acme-inbound" },
    ],
  });
});

test.each([
  { what: "another set is active, and nothing is kept", situation: situationOf([ruleOf("orders")]), before: undefined },
  { what: "somebody made another active meanwhile", situation: situationOf([]), before: kept("former") },
  { what: "none is active", situation: NONE_ACTIVE, before: kept("acme-inbound") },
  { what: "nothing of ours is there", situation: situationOf([], { ours: undefined }), before: undefined },
  { what: "a rule has the name of ours alone", situation: situationOf([ruleOf(ourRule().name)]), before: undefined },
])("trap 1.19: nothing is changed where $what", ({ situation, before }) => {
  expect(planRestore(situation, before, [ACME])).toMatchObject({ kind: "nothing" });
});
