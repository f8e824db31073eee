import type { Receipt, VerdictName, Verdicts } from "../receipt/receipt.ts";
import { VERDICT_NAMES } from "../receipt/receipt.ts";
import type { Disposition, VerdictPolicy } from "../rules/rules-file.ts";
import { DISPOSITIONS } from "../rules/vocabulary.ts";

/**
 * Decides from SES's verdicts whether a mail goes on (SES fact 1.7, LambdaAction).
 *
 * Each verdict, an absent one too, has the disposition that the policy names for it; what the policy does not name
 * is CONTINUE, because SES itself never stops a mail for its verdicts. Of several, the strongest wins.
 *
 * @param trusted whether the verdicts are SES's word; a PASS that is not counts for nothing
 */
export function screen(verdicts: Verdicts, policy: VerdictPolicy, trusted = true): Disposition {
  const asked = (name: VerdictName): Disposition => {
    const status = verdicts[name] ?? "absent";
    return (status === "PASS" && !trusted ? undefined : policy[name]?.[status]) ?? "CONTINUE";
  };
  return strongest(VERDICT_NAMES.map(asked));
}

/** The one answer for all mails of an event: SES sends one at a time, and knows no answer for several. */
export function screenAll(receipts: readonly Receipt[], policy: VerdictPolicy): Disposition {
  return strongest(receipts.map(({ verdicts }) => screen(verdicts, policy)));
}

/** DISPOSITIONS stand from the weakest to the strongest. */
function strongest(dispositions: readonly Disposition[]): Disposition {
  return DISPOSITIONS.findLast((each) => dispositions.includes(each)) ?? "CONTINUE";
}
