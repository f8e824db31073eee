import type { Condition } from "../rules-file.ts";
import type { TermCollector } from "../search-terms.ts";
import type { SearchedMail } from "../searched-mail.ts";
import type { Held } from "./held.ts";

/** Why a condition holds for a mail; `undefined` when it does not. */
export type Evaluate = (mail: SearchedMail) => Held | undefined;

export type ConditionKind = keyof Condition;

/** By its kind, a condition as the rules file has it. */
export type Given = { [Kind in ConditionKind]: NonNullable<Condition[Kind]> };

/** One kind of condition as the rules file has it, made ready to be evaluated; what it searches for goes to `terms`. */
export type Compile<Kind extends ConditionKind> = (given: Given[Kind], terms: TermCollector) => Evaluate;
