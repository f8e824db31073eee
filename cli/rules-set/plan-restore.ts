import type { ReceiptRuleSet } from "../../shared/receipt/receipt-rule.ts";
import type { Before } from "./before.ts";
import { nothing, type Plan, type RuleSetStep } from "./plan.ts";
import { copyIn, type Situation, standingOf } from "./situation.ts";

/**
 * Puts back what was before Mailroom: the set that was active before ours, and sets of others without our rule.
 *
 * Ours is taken from its place only while it has it: when somebody made another set active meanwhile, that one stays.
 *
 * @param kept what was kept when it was changed; without it nobody knows what was before
 * @param known the sets that are named there, as far as they still are
 */
export function planRestore(situation: Situation, kept: Before | undefined, known: readonly ReceiptRuleSet[]): Plan {
  const { own, active } = situation;
  const isActive = standingOf(situation) === "active";
  const giveBack = isActive ? stepBack(situation, kept, known) : undefined;
  const steps = [...(giveBack?.steps ?? []), ...takeOut(situation, known)];
  if (steps.length === 0)
    return nothing(
      `There is nothing to restore: ${own.ReceiptRuleSet} is not the active rule set, and no other set has our rule.`,
    );
  return {
    kind: "change",
    steps,
    seen: active?.name,
    ...(kept !== undefined && { afterwards: { v: 1, mergedInto: [] } }),
    warnings: giveBack?.warnings ?? [],
  };
}

interface GiveBack {
  readonly steps: readonly RuleSetStep[];
  readonly warnings: readonly string[];
}

function stepBack({ own, ours }: Situation, kept: Before | undefined, known: readonly ReceiptRuleSet[]): GiveBack {
  const [set, before] = [own.ReceiptRuleSet, kept?.activeBefore];
  const stops = ours?.rules.filter(({ enabled }) => enabled) ?? [];
  const former = known.find(({ name }) => name === before);
  if (former === undefined)
    return {
      steps: [{ do: "deactivate", set, stops }],
      warnings: [`${whyNone(before)}: SES then receives no mail at all`],
    };
  return { steps: [{ do: "activate", set: former.name, insteadOf: set, stops }], warnings: [] };
}

function whyNone(before: string | null | undefined): string {
  if (before === null) return "no rule set was active before";
  if (before === undefined) return "it is not known which rule set was active before";
  return `${before}, which was active before, is not there any more`;
}

/** From each set of others that has our rule, the active one first. */
function takeOut({ own, active }: Situation, known: readonly ReceiptRuleSet[]): readonly RuleSetStep[] {
  const sets = [...(active === undefined ? [] : [active]), ...known.filter(({ name }) => name !== active?.name)];
  return sets
    .filter(({ name }) => name !== own.ReceiptRuleSet)
    .flatMap((set) => {
      const rule = copyIn(set, own);
      return rule === undefined ? [] : [{ do: "takeOut", set: set.name, rule } as const];
    });
}
