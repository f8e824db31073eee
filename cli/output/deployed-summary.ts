import type { Standing } from "../../shared/inbound/replay-mail.ts";
import { plural } from "./count.ts";
import { rowIf, type SummaryRow, type SummaryWords, summaryLines } from "./summary.ts";
import { createTally, type Tally } from "./tally.ts";

/** What a run over the mails of a deployment counts besides. */
export interface DeployedTally extends Tally {
  readonly standings: Record<Standing, number>;
  /** Believed reports that were missed, or are recorded now. */
  missedReports: number;
  /** Mails that another run works on. */
  held: number;
  readonly passedOver: Record<"otherTime" | "noMail", number>;
}

export function createDeployedTally(): DeployedTally {
  return {
    ...createTally(),
    standings: { open: 0, more: 0, settled: 0 },
    missedReports: 0,
    held: 0,
    passedOver: { otherTime: 0, noMail: 0 },
  };
}

const WORDS: SummaryWords = {
  alerts: {
    planned: { dryRun: "missed", applied: "NOT sent" },
    done: { dryRun: "sent", applied: "sent" },
    skipped: { dryRun: "sent before, not again", applied: "sent before, not again" },
  },
  unbelieved: "with verdicts in its own headers that SES did not write: a PASS was not believed",
};

export function deployedSummary(tally: DeployedTally, seconds: number, applied: boolean): string[] {
  const { standings, missedReports, held, passedOver } = tally;
  const told = (number: number, words: string): readonly SummaryRow[] => rowIf(number > 0, number, words);
  const more = [
    ...told(missedReports, `told by a mail and ${applied ? "recorded" : "missed"}: bounces, complaints and the like`),
    ...told(standings.open, "not handled to its end before"),
    ...told(standings.more, "handled before, and the rules call for more now"),
    ...told(held, "held by another run, which works on it at this moment"),
    ...told(passedOver.otherTime, "passed over: arrived at another time than was asked for"),
    ...told(passedOver.noMail, "passed over: its key is not that of a mail"),
  ];
  return summaryLines(tally, seconds, applied, WORDS, more);
}

/** Where the effects of a run go. */
export function applyingLine(stack: string, topics: readonly string[], mailTable: string): string {
  return `Applying to ${stack}: what was missed goes to its ${plural(topics.length, "topic")} (${topics.join(", ")}), and is marked in its table ${mailTable}.`;
}
