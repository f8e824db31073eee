import type { FileProblem } from "../../shared/errors.ts";
import { RulesFileError } from "../../shared/errors.ts";
import type { Message } from "../../shared/message/message.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { type Match, matchRules } from "../../shared/rules/match-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import type { Reason } from "../../shared/rules/reason.ts";
import { messageOf } from "./messages.ts";
import { receiptOf } from "./receipts.ts";

export interface TestMail {
  readonly message?: Partial<Message>;
  readonly receipt?: Partial<Receipt>;
}

/** Runs the rules of a file over a mail. */
export function matchesOf(yaml: string, { message, receipt }: TestMail = {}): readonly Match[] {
  return matchRules(compileRules(readRules(yaml, "rules.yml")), {
    message: messageOf(message),
    receipt: receiptOf(receipt),
  }).matches;
}

/** A file of one rule with this `when`, written on one line. */
export function ruleFile(when: string): string {
  return `rules:\n  - name: it\n    when: ${when}\n`;
}

/** Why a rule with this `when` matches a mail; `undefined` when it does not. */
export function reasonsOf(when: string, mail: TestMail): readonly Reason[] | undefined {
  return matchesOf(ruleFile(when), mail)[0]?.because;
}

/** All that is wrong with a rules file. */
export function problemsOf(yaml: string): readonly FileProblem[] {
  try {
    readRules(yaml, "rules.yml");
  } catch (error) {
    if (error instanceof RulesFileError) return error.problems;
    throw error;
  }
  return [];
}
