import type { ReceiptRule } from "../../shared/receipt/receipt-rule.ts";
import type { Before } from "./before.ts";

/** One change at SES. */
export type RuleSetStep =
  /** `stops`: the rules that SES goes by until then. */
  | {
      readonly do: "activate";
      readonly set: string;
      readonly insteadOf: string | undefined;
      readonly stops: readonly ReceiptRule[];
    }
  | { readonly do: "deactivate"; readonly set: string; readonly stops: readonly ReceiptRule[] }
  | { readonly do: "add"; readonly set: string; readonly rule: ReceiptRule; readonly after: string | undefined }
  | { readonly do: "update"; readonly set: string; readonly rule: ReceiptRule }
  | { readonly do: "move"; readonly set: string; readonly rule: ReceiptRule; readonly after: string | undefined }
  | { readonly do: "takeOut"; readonly set: string; readonly rule: ReceiptRule };

/** What a command would do, or why it does nothing. */
export type Plan = Change | { readonly kind: "nothing" | "refused"; readonly why: readonly string[] };

export interface Change {
  readonly kind: "change";
  /** Each is taken only when those before it were. */
  readonly steps: readonly RuleSetStep[];
  /** The active set that the plan was made for: when it is another by then, none is activated and nothing put in. */
  readonly seen: string | undefined;
  /** Kept before the first step, so that a run that dies in between loses nothing. */
  readonly before?: Before;
  /** Kept when all steps were taken. */
  readonly afterwards?: Before;
  /** The command line that undoes it. */
  readonly undo?: string;
  /** What a person should know. */
  readonly warnings: readonly string[];
}

/** Writes the command line of another `rules-set` command for the same deployment. */
export type Hint = (words: string) => string;

export function refused(...why: readonly string[]): Plan {
  return { kind: "refused", why };
}

export function nothing(...why: readonly string[]): Plan {
  return { kind: "nothing", why };
}
