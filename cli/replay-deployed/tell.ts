import type { Replayed } from "../../shared/inbound/replay-mail.ts";
import type { Console } from "../output/console.ts";
import { addReplayed, type DeployedTally } from "../output/deployed-summary.ts";
import { matchBlock } from "../output/match-block.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import type { DeployedMail } from "./find-mails.ts";
import type { ReplayedItem } from "./run.ts";

/** What is told and counted while the run goes on. */
export interface Telling {
  readonly tally: DeployedTally;
  readonly console: Console;
  readonly apply: boolean;
  readonly json: boolean;
}

/** @returns `false` when standard output takes nothing more */
export async function tell(item: ReplayedItem, telling: Telling): Promise<boolean> {
  const { tally } = telling;
  if ("mail" in item) {
    if (item.done.ok) return tellReplayed(item.mail, item.done.result, telling);
    tellUnreadable(item.mail.source, item.done.reason, telling, item.done.stack);
  } else if (item.kind === "unreadable") tellUnreadable(item.source, item.reason, telling);
  else tally.passedOver[item.why] += 1;
  return true;
}

function tellUnreadable(source: string, reason: string, { tally, console }: Telling, stack?: string): void {
  tally.failures += 1;
  console.say(`mailroom: cannot read ${source}: ${reason}`);
  console.trace(stack);
}

async function tellReplayed(mail: DeployedMail, replayed: Replayed, telling: Telling): Promise<boolean> {
  const { tally, console, apply, json } = telling;
  const { alerts, failure } = replayed;
  const record = { ...replayed.record, source: mail.source };
  tally.mails += 1;
  addReplayed(tally, replayed, !apply && mail.heldUntil !== undefined);
  if (failure !== undefined) {
    tally.failures += 1;
    console.say(`mailroom: not everything was done for ${mail.source}: ${reasonOf(failure)}`);
  }
  if (json) return console.print(jsonLine(record));
  if (record.actions.length === 0 && record.feedback.length === 0) return true;
  return console.print(matchBlock({ record, alerts }, apply, console.outColours));
}
