/** A receipt rule of SES (SES fact 1.5). */
export interface ReceiptRule {
  /** Unique in its set. */
  readonly name: string;
  readonly enabled: boolean;
  readonly tlsPolicy: "Require" | "Optional";
  readonly scanEnabled: boolean;
  /** See `matchesConditions`. */
  readonly recipients: readonly string[];
  /** In the order in which SES takes them. */
  readonly actions: readonly ReceiptAction[];
}

/** What a rule does with a mail, in the words of SES's API, so that a copy of a rule is the same rule. */
export interface ReceiptAction {
  /** `S3Action`, `LambdaAction`, … */
  readonly type: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Rules in the order in which SES takes them. */
export interface ReceiptRuleSet {
  readonly name: string;
  readonly rules: readonly ReceiptRule[];
}

/** SES's quota (SES fact 1.3). */
export const MAX_RULES_IN_SET = 200;
