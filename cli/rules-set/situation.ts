import { isDeepStrictEqual } from "node:util";
import type { ReceiptRuleSets } from "../../shared/ports.ts";
import type { ReceiptRule, ReceiptRuleSet } from "../../shared/receipt/receipt-rule.ts";
import type { Deployment } from "../deployment/outputs.ts";

/** What a deployment calls its own. */
export type Own = Pick<Deployment, "ReceiptRuleSet" | "ReceiptRule" | "ProcessMailFunction">;

/** Which set SES goes by, and our own as it was deployed, which it may be. */
export interface Situation {
  readonly own: Own;
  /** `undefined`: SES receives no mail. */
  readonly active: ReceiptRuleSet | undefined;
  /** `undefined`: it is not there. */
  readonly ours: ReceiptRuleSet | undefined;
}

export async function readSituation(own: Own, sets: ReceiptRuleSets): Promise<Situation> {
  const active = await sets.active();
  const ours = active?.name === own.ReceiptRuleSet ? active : await sets.find(own.ReceiptRuleSet);
  return { own, active, ours };
}

/**
 * How mail stands: `active` our set is the active one, `merged` the active set is another and has our rule in it, `other` it has not,
 * `none` is active.
 */
export type Standing = "active" | "merged" | "other" | "none";

export function standingOf({ own, active }: Situation): Standing {
  if (active === undefined) return "none";
  if (active.name === own.ReceiptRuleSet) return "active";
  return copyIn(active, own) === undefined ? "other" : "merged";
}

/** Our rule as it was deployed. */
export function deployedRule({ own, ours }: Situation): ReceiptRule | undefined {
  return ours?.rules.find(({ name }) => name === own.ReceiptRule);
}

/** Our rule in a set of others: it has our rule's name and calls our function. What has the name alone is somebody else's. */
export function copyIn(set: ReceiptRuleSet, own: Own): ReceiptRule | undefined {
  const named = set.rules.find(({ name }) => name === own.ReceiptRule);
  return named?.actions.some(({ settings }) => settings["FunctionArn"] === own.ProcessMailFunction) ? named : undefined;
}

/** Whether two rules do the same. The order of their recipients says nothing. */
export function isSameRule(one: ReceiptRule, other: ReceiptRule): boolean {
  const comparable = (rule: ReceiptRule) => ({ ...rule, recipients: rule.recipients.toSorted() });
  return isDeepStrictEqual(comparable(one), comparable(other));
}

/** The rules of a set that SES goes by while it is active, without ours. */
export function othersIn(set: ReceiptRuleSet | undefined, own: Own): readonly ReceiptRule[] {
  if (set === undefined) return [];
  const copy = copyIn(set, own);
  return set.rules.filter((rule) => rule.enabled && rule !== copy);
}

export function whyUndeployed({ ReceiptRuleSet, ReceiptRule }: Own): string {
  return `There is no rule set ${ReceiptRuleSet} with the rule ${ReceiptRule}, as the deployment made it: deploy the stage again.`;
}
