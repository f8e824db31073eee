import type * as z from "zod";
import type { VerdictName } from "../receipt/receipt.ts";
import type { rulesFileSchema } from "./schema/rules-file-schema.ts";
import type { DISPOSITIONS, SEVERITIES, VerdictWord } from "./vocabulary.ts";

type ReadonlyDeep<T> = T extends readonly (infer Item)[]
  ? readonly ReadonlyDeep<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> }
    : T;

/** A rules file as checked: defaults filled in, short forms written out. Plain values, so it survives JSON. */
export type RulesFile = ReadonlyDeep<z.output<typeof rulesFileSchema>>;

/** One entry of the user's rules file; never SES's receipt rule. */
export type AlertRule = RulesFile["rules"][number];

/** What a rule asks of a mail. */
export type Condition = AlertRule["when"];

export type Severity = (typeof SEVERITIES)[number];
export type Disposition = (typeof DISPOSITIONS)[number];

/** What a mail's verdicts make of it; what is not named is CONTINUE. */
export type VerdictPolicy = { readonly [Name in VerdictName]?: { readonly [Word in VerdictWord]?: Disposition } };
