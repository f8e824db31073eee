import type { Condition } from "../rules-file.ts";
import type { TermCollector } from "../search-terms.ts";
import { compileAddresses } from "./addresses.ts";
import { allHold, anyHolds } from "./all-hold.ts";
import { compileAttachments } from "./attachments.ts";
import type { Compile, ConditionKind, Evaluate, Given } from "./evaluate.ts";
import { compileHeader } from "./header.ts";
import { heldByAbsence } from "./held.ts";
import { compileKeywordsCondition } from "./keywords.ts";
import { compileMatches } from "./matches.ts";
import { factReason } from "./reasons.ts";
import { compileSize } from "./size.ts";
import { spellEntries } from "./spelling.ts";
import { compileVerdicts } from "./verdicts.ts";

/** In the order in which they are evaluated: what costs nothing may save a search of the text. */
const KINDS: { readonly [Kind in ConditionKind]: Compile<Kind> } = {
  verdicts: compileVerdicts,
  size: compileSize,
  mailFrom: compileAddresses("mailFrom"),
  recipient: compileAddresses("recipient"),
  from: compileAddresses("from"),
  to: compileAddresses("to"),
  header: compileHeader,
  attachments: compileAttachments,
  keywords: compileKeywordsCondition,
  matches: compileMatches,
  all: (conditions, terms) => allHold(conditions.map((condition) => compileCondition(condition, terms))),
  any: (conditions, terms) => anyHolds(conditions.map((condition) => compileCondition(condition, terms))),
  not: (condition, terms) => {
    const evaluate = compileCondition(condition, terms);
    const absence = heldByAbsence(factReason("not", spellEntries(condition), "does not hold"));
    return (mail) => (evaluate(mail) ? undefined : absence);
  },
};

/** Makes a condition ready to be evaluated: all its parts that are given must hold. */
export function compileCondition(condition: Condition, terms: TermCollector): Evaluate {
  return allHold((Object.keys(KINDS) as ConditionKind[]).flatMap((kind) => compileKind(kind, condition, terms)));
}

function compileKind<Kind extends ConditionKind>(
  kind: Kind,
  condition: Partial<Given>,
  terms: TermCollector,
): readonly Evaluate[] {
  const given = condition[kind];
  return given === undefined ? [] : [KINDS[kind](given, terms)];
}
