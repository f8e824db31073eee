import type { Feedback } from "../shared/feedback/feedback.ts";
import { type PrintedFeedback, printedFeedback } from "../shared/feedback/printed-feedback.ts";
import type { SuppressionTable } from "../shared/ports.ts";
import { canonicalAddress } from "../shared/suppression/canonical-address.ts";
import { type Effect, effectOf } from "../shared/suppression/effect.ts";
import { isInForce } from "../shared/suppression/in-force.ts";
import type { SuppressionPolicy } from "../shared/suppression/policy.ts";
import { createRecordFeedback } from "../shared/suppression/record-feedback.ts";
import { systemClock } from "../shared/system-clock.ts";
import type { AddressState } from "./output/feedback-block.ts";
import { SILENT_LOG } from "./silent-log.ts";

/** What is said of one report, and what became of its address where it was recorded. */
interface ReportResult {
  readonly printed: PrintedFeedback;
  readonly effect: Effect;
  readonly after?: AddressState | undefined;
  /** Why it could not be recorded. */
  readonly failure?: unknown;
}

const NO_ADDRESS: Effect = { effect: "none", why: "Nothing is kept of it, because what it names is not an address." };

export type ReportWork = (feedback: Feedback) => Promise<ReportResult>;

/** Makes what is done with each report: told, and recorded in the table where there is one. */
export function createReportWork(policy: SuppressionPolicy, table: SuppressionTable | undefined): ReportWork {
  const record = table && createRecordFeedback({ table, policy, clock: systemClock, log: SILENT_LOG });

  return async (feedback) => {
    const printed = printedFeedback(feedback);
    if (canonicalAddress(feedback.recipient) === undefined) return { printed, effect: NO_ADDRESS };
    const told = { printed, effect: effectOf(feedback, policy) };
    if (record === undefined) return told;
    try {
      const outcome = await record(feedback);
      if (outcome.kind === "noAddress") return told;
      const { after: state } = outcome;
      return { ...told, after: { state, isSuppressed: isInForce(state, systemClock.now()) } };
    } catch (failure) {
      return { ...told, failure };
    }
  };
}
