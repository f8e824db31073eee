import { RulesFileError } from "../shared/errors.ts";
import { readRules } from "../shared/rules/read-rules.ts";
import type { Condition, RulesFile } from "../shared/rules/rules-file.ts";
import { EXIT } from "./exit-status.ts";
import { loadRules } from "./load-rules.ts";
import type { Console } from "./output/console.ts";
import { count, plural } from "./output/count.ts";
import { jsonLine, printable } from "./output/printable.ts";

/**
 * Tells every problem of a rules file with its line and column, or what is in it when there is none.
 *
 * @returns the exit status
 */
export async function rulesCheck(named: string | undefined, json: boolean, console: Console): Promise<number> {
  const { file, yaml } = loadRules(named);
  try {
    const rules = readRules(yaml, file);
    const line = `${printable(file)} is in order: ${contentWords(rules)}`;
    if (json) console.say(line);
    else await console.print(`${line}\n`);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof RulesFileError)) throw error;
    for (const problem of error.problems) {
      const { line, column, message } = problem;
      await console.print(
        json ? jsonLine({ file, ...problem }) : `${printable(`${file}:${line}:${column}: ${message}`)}\n`,
      );
    }
    console.say(`mailroom: ${plural(error.problems.length, "problem")} in ${file}`);
    return EXIT.usage;
  }
}

/** What a rules file holds, in words. */
function contentWords({ rules }: RulesFile): string {
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
