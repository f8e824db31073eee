import type { Feedback } from "../feedback/feedback.ts";
import type { WorkedMail } from "../inbound/worked-mail.ts";
import type { Clock } from "../ports.ts";
import type { FeedbackOutcome } from "../suppression/record-feedback.ts";
import { embeddedMetrics, type Measured } from "./embedded-metrics.ts";
import { brokenRulesMetrics, feedbackMetrics, mailMetrics } from "./metrics.ts";

export interface MeterPorts {
  /** Without one nothing is measured. */
  readonly stage: string | undefined;
  readonly clock: Clock;
  /** Takes one line of the log. */
  readonly write: (line: string) => void;
}

export interface Meter {
  readonly mail: (worked: WorkedMail) => void;
  /** Measures what becomes of each report that is recorded. */
  readonly reports: (
    recordFeedback: (feedback: Feedback) => Promise<FeedbackOutcome>,
  ) => (feedback: Feedback) => Promise<FeedbackOutcome>;
  readonly brokenRules: () => void;
}

/** Writes metrics among the log lines of a function. */
export function createMeter({ stage, clock, write }: MeterPorts): Meter {
  function measure(metricsOf: (stage: string, now: string) => readonly Measured[]): void {
    if (stage === undefined) return;
    const now = clock.now();
    for (const measured of metricsOf(stage, now)) write(embeddedMetrics(measured, now));
  }

  return {
    mail: (worked) => measure((stage, now) => mailMetrics(worked, stage, now)),
    reports: (recordFeedback) => async (feedback) => {
      const outcome = await recordFeedback(feedback);
      measure((stage, now) => feedbackMetrics(feedback, outcome, stage, now));
      return outcome;
    },
    brokenRules: () => measure(brokenRulesMetrics),
  };
}
