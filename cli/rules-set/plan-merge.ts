import { MAX_RULES_IN_SET, type ReceiptRule, type ReceiptRuleSet } from "../../shared/receipt/receipt-rule.ts";
import { type Before, NOTHING_BEFORE } from "./before.ts";
import { type Position, ruleBefore } from "./merge-position.ts";
import { orderWarnings } from "./order-warnings.ts";
import { type Hint, nothing, type Plan, type RuleSetStep, refused } from "./plan.ts";
import { disabled } from "./plan-activate.ts";
import { copyIn, deployedRule, isSameRule, type Situation, standingOf, whyUndeployed } from "./situation.ts";

export interface MergeChoices {
  /** Without it, a new copy comes last and one that is there keeps its place. */
  readonly position?: Position | undefined;
  readonly hint: Hint;
}

/**
 * Puts a copy of our rule into the active set, which is somebody else's, or brings the copy up to date. Their rules stay as they are.
 *
 * @param kept what is kept of earlier changes
 * @throws {UsageError} when the position is behind a rule that is not there
 */
export function planMerge(situation: Situation, kept: Before = NOTHING_BEFORE, choices: MergeChoices): Plan {
  const { own, active } = situation;
  const rule = deployedRule(situation);
  if (rule === undefined) return refused(whyUndeployed(own));
  if (active === undefined)
    return refused(
      `No rule set is active, so there is none to merge into. To make ${own.ReceiptRuleSet} active: ${choices.hint("activate")}`,
    );
  if (standingOf(situation) === "active")
    return nothing(`${own.ReceiptRuleSet} itself is the active rule set: there is nothing to merge into.`);
  const copy = copyIn(active, own);
  const why = copy === undefined && whyNotInto(active, rule);
  if (why) return refused(why);
  const steps = stepsOf(rule, copy, active, choices.position);
  if (steps.length === 0) return nothing(`${rule.name} is in ${active.name} already, as it was deployed.`);
  return {
    kind: "change",
    steps,
    seen: active.name,
    before: { ...kept, mergedInto: [...new Set([...kept.mergedInto, active.name])] },
    undo: choices.hint("restore --apply"),
    warnings: [...disabled(rule), ...orderWarnings(mergedRules(rule, active, steps), rule.name)],
  };
}

function whyNotInto({ name, rules }: ReceiptRuleSet, ours: ReceiptRule): string | undefined {
  if (rules.some((rule) => rule.name === ours.name))
    return `${name} has a rule ${ours.name} that does not call our function, so it is not ours. Nothing was changed: rename it first.`;
  if (rules.length >= MAX_RULES_IN_SET)
    return `${name} has ${rules.length} rules, and SES takes ${MAX_RULES_IN_SET} at most. Nothing was changed: remove one first.`;
  return undefined;
}

function stepsOf(
  rule: ReceiptRule,
  copy: ReceiptRule | undefined,
  { name: set, rules }: ReceiptRuleSet,
  position: Position | undefined,
): readonly RuleSetStep[] {
  const others = rules.map(({ name }) => name).filter((name) => name !== rule.name);
  if (copy === undefined) return [{ do: "add", set, rule, after: ruleBefore(position ?? { kind: "last" }, others) }];
  const now = rules[rules.indexOf(copy) - 1]?.name;
  const after = position === undefined ? now : ruleBefore(position, others);
  return [
    ...(isSameRule(copy, rule) ? [] : [{ do: "update", set, rule } as const]),
    ...(after === now ? [] : [{ do: "move", set, rule, after } as const]),
  ];
}

/** The rules of the set as they are afterwards. */
function mergedRules(
  rule: ReceiptRule,
  { rules }: ReceiptRuleSet,
  steps: readonly RuleSetStep[],
): readonly ReceiptRule[] {
  const placed = steps.find((step) => step.do === "add" || step.do === "move");
  if (placed === undefined) return rules.map((each) => (each.name === rule.name ? rule : each));
  const others = rules.filter(({ name }) => name !== rule.name);
  return others.toSpliced(others.findIndex(({ name }) => name === placed.after) + 1, 0, rule);
}
