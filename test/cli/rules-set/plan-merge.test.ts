import { describe, expect, test } from "vitest";
import { readPosition } from "../../../cli/rules-set/merge-position.ts";
import { planMerge } from "../../../cli/rules-set/plan-merge.ts";
import type { Situation } from "../../../cli/rules-set/situation.ts";
import { UsageError } from "../../../cli/usage-error.ts";
import type { ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import { ASK, ourRule, ruleOf, STOP } from "../../support/receipt-rules.ts";
import { hint, NONE_ACTIVE, OURS_ACTIVE, situationOf } from "./situations.ts";

function plan(situation: Situation, position?: string) {
  return planMerge(situation, undefined, {
    position: position === undefined ? undefined : readPosition(position),
    hint,
  });
}

const [a, b, ours, stale] = [ruleOf("a"), ruleOf("b"), ourRule(), ourRule({ tlsPolicy: "Require" })];
const add = (after?: string) => ({ do: "add", set: "acme-inbound", rule: ours, after });
const move = (after?: string) => ({ ...add(after), do: "move" });
const update = { do: "update", set: "acme-inbound", rule: ours };

describe("where our rule comes to stand", () => {
  test.each<{ rules: readonly ReceiptRule[]; position?: string; steps: readonly object[] }>([
    { rules: [a, b], steps: [add("b")] },
    { rules: [a, b], position: "last", steps: [add("b")] },
    { rules: [a, b], position: "first", steps: [add()] },
    { rules: [a, b], position: "after:a", steps: [add("a")] },
    { rules: [], steps: [add()] },
    { rules: [stale, a], steps: [update] },
    { rules: [ours, a], position: "last", steps: [move("a")] },
    { rules: [a, ours, b], position: "first", steps: [move()] },
    { rules: [a, stale, b], position: "after:b", steps: [update, move("b")] },
  ])("$rules.0.name $rules.1.name $rules.2.name, --position $position", ({ rules, position, steps }) => {
    expect(plan(situationOf(rules), position)).toMatchObject({
      kind: "change",
      steps,
      seen: "acme-inbound",
      before: { mergedInto: ["acme-inbound"] },
    });
  });

  test.each(["after:missing", "after:mailroom-prod-store"])("--position %s is refused", (position) => {
    const written = position.slice("after:".length);
    expect(() => plan(situationOf([a, ours]), position)).toThrow(
      new UsageError(`expected --position after: a rule that the set has, got ${written}; it has a`),
    );
  });

  test.each(["", "after:", "middle", "First"])("%j is no position", (written) => {
    expect(readPosition(written)).toBeUndefined();
  });
});

test.each([
  { position: undefined, rules: [a, ours, b] },
  { position: "after:a", rules: [a, ours, b] },
  { position: "last", rules: [a, ours] },
  { position: "first", rules: [ours] },
  { position: undefined, rules: [ourRule({ recipients: ours.recipients.toReversed() })] },
])("a second merge changes nothing: $position", ({ position, rules }) => {
  expect(plan(situationOf(rules), position)).toEqual({
    kind: "nothing",
    why: ["mailroom-prod-store is in acme-inbound already, as it was deployed."],
  });
});

test("a copy of an earlier deployment, with another bucket, is brought up to date", () => {
  const actions = [{ type: "S3Action", settings: { BucketName: "older" } }, ...ours.actions.slice(1)];
  expect(plan(situationOf([ourRule({ actions })]))).toMatchObject({ steps: [update] });
});

test("what was kept of earlier changes is kept on", () => {
  const kept = { v: 1, activeBefore: "first", mergedInto: ["second"] } as const;
  expect(planMerge(situationOf([]), { ...kept, mergedInto: ["second"] }, { hint })).toMatchObject({
    before: { activeBefore: "first", mergedInto: ["second", "acme-inbound"] },
  });
});

describe("it is refused", () => {
  const full = Array.from({ length: 200 }, (_, at) => ruleOf(`r${at}`));
  test.each([
    ["where no set is active", NONE_ACTIVE, "No rule set is active, so there is none to merge into."],
    ["where a rule has the name of ours and is not ours", situationOf([ruleOf(ours.name)]), "so it is not ours"],
    ["where the set is full", situationOf(full), "acme-inbound has 200 rules, and SES takes 200 at most."],
    ["where our rule is not deployed", situationOf([], { ours: undefined }), "deploy the stage again"],
  ])("%s", (_, situation, words) => {
    expect(plan(situation)).toEqual({ kind: "refused", why: [expect.stringContaining(words)] });
  });
});

test("a full set with our copy in it can be brought up to date", () => {
  const rules = [stale, ...Array.from({ length: 199 }, (_, at) => ruleOf(`r${at}`))];
  expect(plan(situationOf(rules))).toMatchObject({ steps: [update] });
});

test("where ours is active, there is nothing to merge into", () => {
  expect(plan(OURS_ACTIVE)).toMatchObject({ kind: "nothing" });
});

describe("it warns of mail that the order of rules takes away", () => {
  const shared = { recipients: ["desk@acme.example"] };
  const stops = ruleOf("theirs", { ...shared, actions: [STOP] });
  const asks = ruleOf("theirs", { ...shared, actions: [ASK] });
  const screened = ourRule({ actions: [ASK, ...ours.actions] });
  const never = "mail that both take then does not come to Mailroom";
  test.each<{
    what: string;
    rules: readonly ReceiptRule[];
    position?: string;
    rule?: ReceiptRule;
    warnings: readonly string[];
  }>([
    {
      what: "theirs ends the set",
      rules: [stops],
      warnings: [`theirs comes before mailroom-prod-store and ends the rule set: ${never}`],
    },
    {
      what: "theirs asks a function",
      rules: [asks],
      warnings: [
        `theirs comes before mailroom-prod-store and may end the rule set by what its function answers: ${never}`,
      ],
    },
    { what: "theirs ends the set, behind ours", rules: [stops], position: "first", warnings: [] },
    { what: "theirs ends the set for other mail", rules: [ruleOf("a", { actions: [STOP] })], warnings: [] },
    { what: "theirs is disabled", rules: [{ ...stops, enabled: false }], warnings: [] },
    { what: "theirs takes the same mail and ends nothing", rules: [ruleOf("a", shared)], warnings: [] },
    {
      what: "ours asks a function before theirs",
      rules: [ruleOf("theirs", shared), a],
      position: "first",
      rule: screened,
      warnings: [
        "mailroom-prod-store may end the rule set by what its function answers: mail that it stops does not come to theirs",
      ],
    },
    { what: "ours asks a function behind theirs", rules: [ruleOf("theirs", shared)], rule: screened, warnings: [] },
    {
      what: "ours is moved behind one that ends the set",
      rules: [ours, stops],
      position: "last",
      warnings: [`theirs comes before mailroom-prod-store and ends the rule set: ${never}`],
    },
    {
      what: "ours is disabled",
      rules: [a],
      rule: ourRule({ enabled: false }),
      warnings: ["mailroom-prod-store is disabled: SES does not go by it until somebody enables it"],
    },
  ])("$what", ({ rules, position, rule = ours, warnings }) => {
    const situation = situationOf(rules, { ours: { name: "mailroom-prod", rules: [rule] } });
    expect(plan(situation, position)).toMatchObject({ kind: "change", warnings });
  });
});
