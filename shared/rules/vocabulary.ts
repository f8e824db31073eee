import type { VerdictStatus } from "../receipt/receipt.ts";

// The words of the rules file, apart from its schema: compiling and matching rules takes neither the YAML library nor the
// schema library. Today the functions read the file at cold start, with both; a build that packs the checked rules as JSON
// would leave both out.

export const SEVERITIES = ["info", "warning", "error", "critical"] as const;
export const DISPOSITIONS = ["CONTINUE", "STOP_RULE", "STOP_RULE_SET"] as const;

/** What a rule can search; `header:<name>` besides. */
export const TEXT_FIELDS = ["subject", "text", "html", "from", "to", "attachmentNames", "attachmentTypes"] as const;

export type TextField = (typeof TEXT_FIELDS)[number] | `header:${string}`;

/** Where a rule searches that does not say where. */
export const DEFAULT_TEXT_FIELDS = ["subject", "text", "html", "attachmentNames"] as const satisfies TextField[];

/** What a rule can ask of a verdict: a status, or that SES gave none. Never one in place of another. */
export type VerdictWord = VerdictStatus | "absent";
