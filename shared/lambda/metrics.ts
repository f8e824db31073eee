import type { Feedback } from "../feedback/feedback.ts";
import type { WorkedMail } from "../inbound/worked-mail.ts";
import { isInForce } from "../suppression/in-force.ts";
import type { FeedbackOutcome } from "../suppression/record-feedback.ts";
import type { Measure, Measured } from "./embedded-metrics.ts";

// What is measured of mails and of what comes back of ours, in counts and words of ours alone. docs/functions.md explains each metric.

const count = (value: number | boolean): Measure => ({ unit: "Count", value: Number(value) });

/** What is measured of one announcement of a mail. */
export function mailMetrics(worked: WorkedMail, stage: string, now: string): readonly Measured[] {
  const alerts = { Alerts: count(worked.published.length), ...latency(worked, now) };
  // It comes again, and is counted then.
  if (worked.failure !== undefined) return worked.published.length === 0 ? [] : [ofStage(stage, alerts)];
  const { record } = worked;
  const isDuplicate = record.outcome === "duplicate";
  const mail = {
    Mails: count(!isDuplicate),
    Matched: count(!isDuplicate && record.matches.length > 0),
    Duplicates: count(isDuplicate),
    Quarantined: count(record.outcome === "quarantined"),
    Unparsable: count(record.outcome === "unparsable"),
  };
  return [ofStage(stage, { ...mail, ...alerts }), ...(isDuplicate ? [] : problemMetrics(worked, stage))];
}

/** From SES's word of the arrival to the alerts; the headers of a mail that was found are anybody's word. */
function latency({ record, published }: WorkedMail, now: string): Readonly<Record<string, Measure>> {
  const { receivedAt, rebuilt } = record;
  if (published.length === 0 || receivedAt === null || rebuilt) return {};
  return { ReceiptToAlert: { unit: "Milliseconds", value: Math.max(0, Date.parse(now) - Date.parse(receivedAt)) } };
}

/** One for each code, as a line has room for one value of a dimension. */
function problemMetrics({ record }: WorkedMail, stage: string): readonly Measured[] {
  const codes = new Set(record.problems.map(({ code }) => code));
  return [...codes].map((code) => ({
    dimensions: { Stage: stage, Code: code },
    sets: [["Stage"], ["Stage", "Code"]],
    metrics: { Problems: count(1) },
  }));
}

/** What is measured of one report about a mail of ours; nothing of one that is not believed, as anybody can write it. */
export function feedbackMetrics(
  { kind, trusted }: Feedback,
  outcome: FeedbackOutcome,
  stage: string,
  now: string,
): readonly Measured[] {
  if (!trusted) return [];
  const dimensions = { Stage: stage, Kind: kind };
  const report = { dimensions, sets: [["Stage", "Kind"]], metrics: { Feedback: count(1) } };
  return hasSuppressed(outcome, now) ? [report, ofStage(stage, { Suppressed: count(1) })] : [report];
}

function hasSuppressed(outcome: FeedbackOutcome, now: string): boolean {
  return outcome.kind !== "noAddress" && !isInForce(outcome.before, now) && isInForce(outcome.after, now);
}

/** The rules of the configuration bucket cannot be used, or not be read. */
export function brokenRulesMetrics(stage: string): readonly Measured[] {
  return [ofStage(stage, { RulesBroken: count(1) })];
}

function ofStage(stage: string, metrics: Measured["metrics"]): Measured {
  return { dimensions: { Stage: stage }, sets: [["Stage"]], metrics };
}
