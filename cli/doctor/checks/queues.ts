import { DAY } from "../../../shared/suppression/days.ts";
import { plural } from "../../output/count.ts";
import { error, type Found, ok } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** A queue in which nothing should wait. */
export interface WaitingQueue {
  /** What waits in it: `mails that were not processed`. */
  readonly what: string;
  /** As SQS counts: about. */
  readonly waiting: number;
  /** ISO 8601: when the oldest came, of those that were looked at; `undefined`: none was. */
  readonly oldest: string | undefined;
  /** Seconds after which it is gone. */
  readonly keptFor: number;
}

/** @param now ISO 8601 */
export function checkQueue(
  subject: Subject,
  { what, waiting, oldest, keptFor }: WaitingQueue,
  now: string,
): readonly Found[] {
  if (waiting === 0) return [ok(`no ${what} are waiting`)];
  const since = oldest === undefined ? "" : `, the oldest seen since ${oldest}`;
  return [
    error(
      `${plural(waiting, "event")} of ${what} ${waiting === 1 ? "is" : "are"} waiting${since}`,
      oldest === undefined
        ? `Each is lost ${plural(keptFor / SECONDS_A_DAY, "day")} after it came.`
        : `It is lost ${lostIn(oldest, keptFor, now)} unless it is handed back.`,
      subject.command("redrive"),
    ),
  ];
}

const SECONDS_A_DAY = DAY / 1_000;

function lostIn(oldest: string, keptFor: number, now: string): string {
  const left = Date.parse(oldest) + keptFor * 1_000 - Date.parse(now);
  return left < DAY ? "within a day" : `in ${plural(Math.floor(left / DAY), "day")}`;
}
