import type { Assessment } from "../../rules-set/assess.ts";
import type { Situation } from "../../rules-set/situation.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** Whether SES gives its mail to us: what `rules-set status` tells, as findings. */
export function checkRuleSet(subject: Subject, { active }: Situation, assessment: Assessment): readonly Found[] {
  const { standing, isCurrent, warnings } = assessment;
  const { ReceiptRule, Region } = subject.deployment;
  const next = assessment.next.map((words) => subject.command(`rules-set ${words}`));
  const found = warnings.map((words) => warning(words, "Mail may not come to Mailroom, or not as it was meant."));
  if (standing === "none")
    return [error(`no receipt rule set is active in ${Region}`, "SES refuses every mail.", ...next), ...found];
  if (standing === "other" || assessment.position === undefined)
    return [
      error(
        `the active receipt rule set ${active?.name} does not have our rule ${ReceiptRule}`,
        "SES goes by the active set alone: no mail comes to Mailroom.",
        ...next,
      ),
      ...found,
    ];
  if (isCurrent === false)
    return [
      warning(
        `our rule in the active receipt rule set ${active?.name} is not as it was deployed last`,
        "What you changed of it since does not count.",
        ...next,
      ),
      ...found,
    ];
  return [ok(`the active receipt rule set ${active?.name} has our rule`), ...found];
}
