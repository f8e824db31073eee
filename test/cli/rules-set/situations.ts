import type { Situation } from "../../../cli/rules-set/situation.ts";
import type { ReceiptRule, ReceiptRuleSet } from "../../../shared/receipt/receipt-rule.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { ourRule } from "../../support/receipt-rules.ts";

const OURS: ReceiptRuleSet = { name: OUTPUTS.ReceiptRuleSet, rules: [ourRule()] };

/** Our set is there and the active one is another with these rules, unless told. */
export function situationOf(rules: readonly ReceiptRule[], said: Partial<Situation> = {}): Situation {
  return { own: OUTPUTS, active: { name: "acme-inbound", rules }, ours: OURS, ...said };
}

export const NONE_ACTIVE: Situation = situationOf([], { active: undefined });
export const OURS_ACTIVE: Situation = situationOf([], { active: OURS });

export function hint(words: string): string {
  return `mailroom ${words}`;
}
