import { RulesFileError } from "../../shared/errors.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { EXIT } from "../exit-status.ts";
import { loadRules } from "../load-rules.ts";
import type { Console } from "../output/console.ts";
import { plural } from "../output/count.ts";
import { jsonLine, printable } from "../output/printable.ts";
import { contentWords } from "./content-words.ts";

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
