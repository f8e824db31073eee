import type { Alert } from "../alerts/alert.ts";
import { operatorNotice } from "../alerts/operator-notice.ts";
import { FileProblemsError } from "../errors.ts";
import type { BrokenRules } from "./current-rules.ts";

/** What the operator is told when rules were uploaded that cannot be used. Every process that finds them tells it under the same id. */
export function brokenRulesAlert({ url, eTag, error }: BrokenRules): Alert {
  return operatorNotice({
    rule: "mailroom/broken-rules",
    about: `${url} ${eTag}`,
    severity: "error",
    subject: "the new rules cannot be used",
    sentences: [
      `The rules in ${url} cannot be used. The last good version stays in force; where none of the five before it is good, the rules that the functions were deployed with. Please mend the file and upload it with the command rules deploy, which checks it before.`,
      ...problemsOf(error),
    ],
  });
}

function problemsOf(error: unknown): readonly string[] {
  if (!(error instanceof FileProblemsError)) return ["Why that is so stands in the log."];
  return error.problems.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`);
}
