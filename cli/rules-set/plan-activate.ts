import type { ReceiptRule, ReceiptRuleSet } from "../../shared/receipt/receipt-rule.ts";
import { coverCondition } from "../../shared/receipt/recipient-conditions.ts";
import { recipientWords, ruleLine } from "../output/rules-set-output.ts";
import { type Before, NOTHING_BEFORE } from "./before.ts";
import { type Hint, nothing, type Plan, refused } from "./plan.ts";
import { deployedRule, othersIn, type Situation, standingOf, whyUndeployed } from "./situation.ts";

export interface ActivateChoices {
  /** Whether our set may take the place of another one. */
  readonly isSwitch: boolean;
  readonly hint: Hint;
}

/**
 * Makes our set the active one; in the place of another only when that is said, because the rules of that one stop.
 *
 * @param kept what is kept of earlier changes
 */
export function planActivate(
  situation: Situation,
  kept: Before = NOTHING_BEFORE,
  { isSwitch, hint }: ActivateChoices,
): Plan {
  const { own, active } = situation;
  const rule = deployedRule(situation);
  if (rule === undefined) return refused(whyUndeployed(own));
  if (standingOf(situation) === "active") return nothing(`${own.ReceiptRuleSet} is the active rule set already.`);
  if (active !== undefined && !isSwitch) return refused(...whyNotInstead(active, situation, hint));
  const stops = othersIn(active, own);
  return {
    kind: "change",
    steps: [{ do: "activate", set: own.ReceiptRuleSet, insteadOf: active?.name, stops }],
    seen: active?.name,
    before: { ...kept, activeBefore: active?.name ?? null },
    undo: hint("restore --apply"),
    warnings: [...disabled(rule), ...refusedFromThenOn(stops, rule)],
  };
}

export function disabled({ name, enabled }: ReceiptRule): readonly string[] {
  return enabled ? [] : [`${name} is disabled: SES does not go by it until somebody enables it`];
}

function whyNotInstead(active: ReceiptRuleSet, situation: Situation, hint: Hint): readonly string[] {
  const { own } = situation;
  const stops = othersIn(active, own);
  return [
    `${active.name} is the active rule set, and there is one at a time. Nothing was changed.`,
    ...(stops.length === 0 ? [] : [`With ${own.ReceiptRuleSet} in its place these rules get no mail any more:`]),
    ...stops.map((rule) => `  ${ruleLine(rule)}`),
    standingOf(situation) === "merged"
      ? `Mailroom gets mail as it is: ${own.ReceiptRule} is one of the rules of ${active.name}.`
      : `To leave it active and put our rule into it: ${hint("merge")}`,
    `To switch all the same: ${hint("activate --switch")}`,
  ];
}

/** Mail that no rule takes is refused while it is being sent. */
function refusedFromThenOn(stopped: readonly ReceiptRule[], { name, recipients }: ReceiptRule): readonly string[] {
  if (recipients.length === 0) return [];
  if (stopped.some((rule) => rule.recipients.length === 0))
    return [`from then on SES refuses all mail but that for ${recipients.map(recipientWords).join(", ")}`];
  const left = new Set(stopped.flatMap((rule) => rule.recipients.filter((each) => !coverCondition(recipients, each))));
  return left.size === 0
    ? []
    : [`from then on SES refuses mail for ${[...left].map(recipientWords).join(", ")}: ${name} does not take it`];
}
