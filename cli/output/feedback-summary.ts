import type { PrintedFeedback } from "../../shared/feedback/printed-feedback.ts";
import type { Effect } from "../../shared/suppression/effect.ts";
import type { EventSkipReason } from "../sources/list-events.ts";
import { count } from "./count.ts";
import { REPORTS } from "./summary.ts";

/** What a run over events counts as it goes. */
export interface FeedbackTally {
  events: number;
  readonly reports: Map<PrintedFeedback["kind"], number>;
  readonly effects: Map<Effect["effect"], number>;
  /** `ignored Open`, `control SubscriptionConfirmation`. */
  readonly passedOver: Map<string, number>;
  readonly skipped: Map<EventSkipReason, number>;
  /** Paths, files and events that could not be read, and reports that could not be recorded. */
  failures: number;
}

export function createFeedbackTally(): FeedbackTally {
  return { events: 0, reports: new Map(), effects: new Map(), passedOver: new Map(), skipped: new Map(), failures: 0 };
}

const EFFECTS: Readonly<Record<Effect["effect"], string>> = {
  suppress: "suppress by themselves",
  count: "count towards a suppression",
  countHalf: "count half towards a suppression",
  suspect: "make suspects, who may be written to",
  lift: "take complaints back",
  none: "do nothing",
};

const SKIPPED: Readonly<Record<EventSkipReason, string>> = {
  notJson: "skipped: does not begin like JSON (named, it is taken)",
  linkedFolder: "skipped: symbolic link to a folder, not followed",
  special: "skipped: neither a file nor a folder",
};

/** The closing table, one line each: how many events, what they report, what that does, and what was left out. */
export function feedbackSummary(tally: FeedbackTally, seconds: number): string[] {
  const { events, reports, effects, passedOver, skipped, failures } = tally;
  const table: readonly (readonly [number, string])[] = [
    [events, `event${events === 1 ? "" : "s"} read in ${seconds.toFixed(1)} s`],
    ...rows(reports, (kind, number) => REPORTS[kind][number === 1 ? 0 : 1]),
    ...rows(effects, (effect) => `  ${EFFECTS[effect]}`),
    ...rows(passedOver, (name) => name),
    ...rows(skipped, (why) => SKIPPED[why]),
    ...(failures > 0 ? [[failures, "failed, as said above"] as const] : []),
  ];
  return table.map(([number, words]) => `${count(number).padStart(9)}  ${words}`);
}

function rows<Key extends string>(
  counts: ReadonlyMap<Key, number>,
  words: (key: Key, number: number) => string,
): (readonly [number, string])[] {
  return [...counts].map(([key, number]) => [number, words(key, number)] as const);
}
