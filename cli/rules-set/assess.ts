import { orderWarnings } from "./order-warnings.ts";
import { disabled } from "./plan-activate.ts";
import {
  copyIn,
  deployedRule,
  isSameRule,
  type Situation,
  type Standing,
  standingOf,
  whyUndeployed,
} from "./situation.ts";

/** How mail stands with a deployment, and what is to be done about it. */
export interface Assessment {
  readonly standing: Standing;
  /** Where our rule stands in the active set, counted from 1; `undefined`: it is not in it. */
  readonly position: number | undefined;
  /** Whether our rule in the active set is as it was deployed; `undefined`: it is not in it. */
  readonly isCurrent: boolean | undefined;
  readonly warnings: readonly string[];
  /** Words for `rules-set`, one of which a person should run: none when mail comes to us. */
  readonly next: readonly string[];
}

export function assess(situation: Situation): Assessment {
  const { own, active } = situation;
  const deployed = deployedRule(situation);
  const standing = standingOf(situation);
  const rule = active && (standing === "active" ? deployed : copyIn(active, own));
  const isCurrent = rule && deployed && isSameRule(rule, deployed);
  return {
    standing,
    position: rule && active.rules.indexOf(rule) + 1,
    isCurrent,
    warnings: [
      ...(deployed === undefined ? [whyUndeployed(own)] : []),
      ...(rule ? [...disabled(rule), ...orderWarnings(active.rules, rule.name)] : []),
    ],
    next: deployed === undefined ? [] : nextOf(standing, isCurrent),
  };
}

function nextOf(standing: Standing, isCurrent: boolean | undefined): readonly string[] {
  if (standing === "none") return ["activate --apply"];
  if (standing === "other") return ["merge", "activate --switch"];
  return isCurrent === false ? ["merge --apply"] : [];
}
