import type { Condition, RulesFile } from "../../shared/rules/rules-file.ts";
import { count, plural } from "../output/count.ts";

/** What a rules file holds, in words. */
export function contentWords({ rules }: RulesFile): string {
  const conditions = rules.flatMap(({ when }) => [...conditionsIn(when)]);
  const keywords = conditions.flatMap(({ keywords: lists }) =>
    [lists?.any, lists?.all, lists?.none].flatMap((list) => list ?? []),
  );
  const patterns = conditions.flatMap(({ matches }) => matches ?? []);
  const disabled = rules.filter(({ enabled }) => !enabled).length;
  return [
    `${plural(rules.length, "rule")}${disabled > 0 ? ` (${count(disabled)} not enabled)` : ""}`,
    plural(keywords.length, "keyword"),
    plural(patterns.length, "pattern"),
  ].join(", ");
}

function* conditionsIn(condition: Condition): Generator<Condition> {
  yield condition;
  const { all = [], any = [], not } = condition;
  for (const inner of [...all, ...any, ...(not ? [not] : [])]) yield* conditionsIn(inner);
}
