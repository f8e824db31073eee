import { assess } from "../../rules-set/assess.ts";
import { orderWarnings } from "../../rules-set/order-warnings.ts";
import { deployedRule, type Situation, whyUndeployed } from "../../rules-set/situation.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** Whether SES gives its mail to us: what `rules-set status` tells, as findings. How our rule is in itself is told by `checkRule`. */
export function checkRuleSet(subject: Subject, situation: Situation): readonly Found[] {
  const { own, active } = situation;
  const order = active === undefined ? [] : orderWarnings(active.rules, own.ReceiptRule);
  return [
    ...checkActive(subject, situation),
    ...(deployedRule(situation) === undefined
      ? [warning(whyUndeployed(own), "Nothing of ours can be made the active set.", subject.deploy)]
      : []),
    ...order.map((words) => warning(words, "Mail may not come to Mailroom, or not as it was meant.")),
  ];
}

function checkActive(subject: Subject, situation: Situation): readonly Found[] {
  const { ReceiptRule, Region } = subject.deployment;
  const { standing, position, isCurrent, next } = assess(situation);
  const commands = next.map((words) => subject.command(`rules-set ${words}`));
  const set = `the active receipt rule set ${situation.active?.name}`;
  if (standing === "none")
    return [error(`no receipt rule set is active in ${Region}`, "SES refuses every mail.", ...commands)];
  if (position === undefined)
    return [
      error(
        `${set} does not have our rule ${ReceiptRule}`,
        "SES goes by the active set alone: no mail comes to Mailroom.",
        ...commands,
      ),
    ];
  if (isCurrent === false)
    return [
      warning(
        `our rule in ${set} is not as it was deployed last`,
        "What was changed of it since does not count.",
        ...commands,
      ),
    ];
  return [ok(`${set} has our rule`)];
}
