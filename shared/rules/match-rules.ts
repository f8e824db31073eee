import type { Message } from "../message/message.ts";
import { type Problem, problem } from "../message/problems.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { CompiledRules } from "./compile-rules.ts";
import type { Held } from "./conditions/held.ts";
import { isTextReason, type Reason } from "./reason.ts";
import type { AlertRule } from "./rules-file.ts";
import { createSearchedMail } from "./searched-mail.ts";

/** A rule that holds for a mail, and why: at least one reason, what was found in the text first. */
export interface Match {
  readonly rule: AlertRule;
  readonly because: readonly Reason[];
}

/** What matching the rules against a mail gave. */
export interface RulesMatched {
  /** The rules that match; none is no error. */
  readonly matches: readonly Match[];
  /** What the rules did not see of the mail. */
  readonly problems: readonly Problem[];
}

/**
 * Matches rules against a mail, in the order of the file; one that matches and says `stop` is the last.
 */
export function matchRules(
  rules: CompiledRules,
  mail: { readonly message: Message; readonly receipt: Receipt },
): RulesMatched {
  const searched = createSearchedMail(mail, rules.terms);
  const matches: Match[] = [];
  for (const { rule, evaluate } of rules.rules) {
    const held = evaluate(searched);
    if (held === undefined) continue;
    matches.push({ rule, because: told(held) });
    if (rule.stop) break;
  }
  return { matches, problems: searched.patternTextCut() ? [problem("patternTextCut")] : [] };
}

/** What was found comes first, then the facts. What is not there explains a match only when nothing else does. */
function told({ reasons, absences }: Held): readonly Reason[] {
  if (reasons.length === 0) return absences;
  return [...reasons.filter(isTextReason), ...reasons.filter((reason) => !isTextReason(reason))];
}
