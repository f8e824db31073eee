import type { Replayed, Standing } from "../../shared/inbound/replay-mail.ts";
import type { Deployment } from "../deployment/outputs.ts";
import type { RunEnd } from "../run-mails.ts";
import { plural } from "./count.ts";
import { rowIf, type SummaryRow, type SummaryWords, summaryLines } from "./summary.ts";
import { addRecord, createTally, type Tally } from "./tally.ts";

/** What a run over the mails of a deployment counts besides. */
export interface DeployedTally extends Tally {
  readonly standings: Record<Standing, number>;
  /** Mails that another run works on. */
  held: number;
  /** Believed reports that were missed, or are recorded now. */
  dueReports: number;
  readonly passedOver: Record<"otherTime" | "noMail", number>;
}

export function createDeployedTally(): DeployedTally {
  return {
    ...createTally(),
    standings: { open: 0, more: 0, settled: 0 },
    held: 0,
    dueReports: 0,
    passedOver: { otherTime: 0, noMail: 0 },
  };
}

/** @param isHeld by another run, which is about to do what is not done yet: nothing of it was missed */
export function addReplayed(tally: DeployedTally, { record, standing, reports }: Replayed, isHeld: boolean): void {
  addRecord(tally, isHeld ? { ...record, actions: [] } : record);
  if (isHeld) tally.held += 1;
  else {
    tally.standings[standing] += 1;
    tally.dueReports += reports;
  }
}

const WORDS: SummaryWords = {
  alerts: {
    planned: { dryRun: "missed", applied: "NOT sent" },
    done: { dryRun: "sent", applied: "sent" },
    skipped: { dryRun: "sent before, not again", applied: "sent before, not again" },
  },
  unbelieved: "with verdicts in its own headers that SES did not write: a PASS was not believed",
};

export interface Closing {
  readonly apply: boolean;
  readonly stack: string;
  readonly verpKey: string | undefined;
}

/** Before a run with effects: where they go. */
export function applyingLine(stack: string, { AlertTopics, MailTable }: Deployment): string {
  const topics = Object.keys(AlertTopics);
  return `Applying to ${stack}: alerts go to its ${plural(topics.length, "topic")} (${topics.join(", ")}), each is marked in its table ${MailTable}`;
}

/** The end of a run: its table, and what it means. */
export function closingLines(tally: DeployedTally, { ending, seconds }: RunEnd, closing: Closing): string[] {
  const { apply, stack, verpKey } = closing;
  if (ending === "closed" && !apply) return [];
  return [
    ...(ending === "interrupted" ? ["Interrupted: the rest of the mails was not looked at."] : []),
    ...(ending === "closed" ? ["mailroom: stopped, because nobody reads the output; the rest was not looked at"] : []),
    ...summaryLines(tally, seconds, apply, WORDS, moreRows(tally, apply)),
    ...(tally.unbelievedReports > 0 && verpKey === undefined ? [WITHOUT_VERP_KEY] : []),
    apply
      ? `Applied to ${stack}. Run it again if anything failed: nothing is sent twice.`
      : `Dry run: nothing was sent or kept. --apply sends what was missed through ${stack}, each alert once.`,
  ];
}

const WITHOUT_VERP_KEY =
  "Reports that came to return paths of yours are believed only with MAILROOM_VERP_KEY, the secret that process-mail has.";

function moreRows({ standings, held, dueReports, passedOver }: DeployedTally, applied: boolean): SummaryRow[] {
  const told = (number: number, words: string) => rowIf(number > 0, number, words);
  return [
    ...told(dueReports, `believed report${dueReports === 1 ? "" : "s"} ${applied ? "recorded" : "missed"}`),
    ...told(standings.open, "not handled to its end before"),
    ...told(standings.more, "handled before, and the rules call for more now"),
    ...told(held, "held by another run, which works on it at this moment"),
    ...told(passedOver.otherTime, "passed over: arrived at another time than was asked for"),
    ...told(passedOver.noMail, "passed over: no mail (a folder, SES's set-up object, another name)"),
  ];
}
