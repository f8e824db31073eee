import type { Feedback, Via } from "./feedback.ts";

/** A report as records and the command line show it: a contract, scripts read it. What does not apply to its kind is null. */
export interface PrintedFeedback {
  readonly kind: Feedback["kind"];
  readonly recipient: string;
  readonly action: string | null;
  readonly status: string | null;
  readonly bounceType: string | null;
  readonly bounceSubType: string | null;
  readonly reason: string | null;
  readonly diagnosticCode: string | null;
  readonly feedbackType: string | null;
  readonly via: Via;
  readonly trusted: boolean;
}

/** Its keys and their order are fixed here and nowhere else. */
export function printedFeedback(feedback: Feedback): PrintedFeedback {
  const { kind, recipient, via, trusted } = feedback;
  const { action, status, diagnosticCode } = kind === "complaint" ? NO_STATUS : feedback;
  return {
    kind,
    recipient,
    action,
    status,
    bounceType: kind === "bounce" ? feedback.bounceType : null,
    bounceSubType: kind === "bounce" ? feedback.bounceSubType : null,
    reason: kind === "bounce" || kind === "delay" ? feedback.reason : null,
    diagnosticCode,
    feedbackType: kind === "complaint" ? feedback.feedbackType : null,
    via,
    trusted,
  };
}

const NO_STATUS = { action: null, status: null, diagnosticCode: null };
