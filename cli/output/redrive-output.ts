import type { Ending } from "../exit-status.ts";
import type { Failure, Told } from "../redrive/explain.ts";
import type { OpenQueue } from "../redrive/open-queues.ts";
import type { QueueName } from "../redrive/queues.ts";
import type { LetterStatus, Outcome } from "../redrive/work-through.ts";
import { count, plural } from "./count.ts";
import { printable } from "./printable.ts";

/** One letter as `redrive --json` prints it: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedLetter(queue: QueueName, { letter, explanation, status }: Outcome) {
  const { id, sentAt, receiveCount } = letter;
  const { told, failure } = explanation;
  return { queue, id, sentAt, receiveCount, told, failure, status } as const;
}

const STATUS: Readonly<Record<LetterStatus, string>> = {
  planned: "to be replayed",
  replayed: "replayed",
  left: "left",
  failed: "FAILED",
};

/** Records of one letter that are told; usually it has one. */
const MAX_TOLD = 3;

/** One letter for a person: what it is, and below that since when it lies there and why. */
export function letterLines({ queue, sentAt, told, failure, status }: ReturnType<typeof printedLetter>): string {
  const first = told.slice(0, MAX_TOLD).map(toldWords);
  const more = told.length > MAX_TOLD ? [`${count(told.length - MAX_TOLD)} more`] : [];
  const since = sentAt === null ? "" : `sent ${sentAt.slice(0, 16).replace("T", " ")} UTC`;
  const why = failure === null ? "" : `${since && "; "}${failureWords(failure)}`;
  return [
    `${STATUS[status].padEnd(14)}  ${queue.padEnd(10)}  ${printable([...first, ...more].join(", "))}\n`,
    ...(since + why === "" ? [] : [`${" ".repeat(28)}${printable(since + why)}\n`]),
  ].join("");
}

function toldWords(told: Told): string {
  switch (told.what) {
    case "mail":
      return `mail ${told.sesMessageId}`;
    case "nothing":
      return `nothing to be done (${told.name})`;
    case "unknown":
      return `unknown (${told.because})`;
    default: {
      const about = told.sesMessageId === null ? "" : ` of mail ${told.sesMessageId}`;
      return `${told.what} about ${plural(told.recipients, "recipient")}${about}`;
    }
  }
}

function failureWords({ condition, runs, errorType, errorMessage }: Failure): string {
  const said = [errorType, errorMessage].filter((part) => part !== null).join(": ");
  const tries = runs === null ? "failed" : `failed ${plural(runs, "time")}`;
  return `${tries}${condition === null ? "" : ` (${condition})`}${said === "" ? "" : `: ${said}`}`;
}

/** What a queue says of itself before it is looked at. */
export function depthLine(
  { name, failed }: Pick<OpenQueue, "name" | "failed">,
  { waiting, taken }: { readonly waiting: number; readonly taken: number },
): string {
  const here = waiting === 0 ? "nothing waits" : `about ${plural(waiting, "message")} that ${failed} could not handle`;
  const elsewhere = `; about ${count(taken)} in the hands of another run, to be seen again within minutes`;
  return `${name}: ${here}${taken === 0 ? "" : elsewhere}`;
}

/** What a run counts. */
export interface RedriveTally extends Record<LetterStatus, number> {
  /** That came while it went on. */
  later: number;
  /** Functions whose letters do not say why they failed. */
  readonly silent: Set<string>;
}

/** @param ending `limit`: the run has looked at as many as it was told to */
export function redriveSummary(
  { planned, replayed, left, failed, later, silent }: RedriveTally,
  ending: Ending | "limit",
  { apply }: { readonly apply?: true },
): string[] {
  if (ending === "closed") return [];
  const rows: readonly (readonly [number, string])[] = [
    [planned, "to be replayed"],
    [replayed, "replayed; what fails again is back within some twenty minutes"],
    [left, `left: ${left === 1 ? "it holds" : "they hold"} no event that the function could be called with`],
    [failed, "failed, as said above, and stay in their queue"],
    [later, "came meanwhile, and were not looked at"],
  ];
  const looked = planned + replayed + left + failed;
  const groups = [...silent].map((name) => `/aws/lambda/${name}`);
  return [
    ...(ending === "interrupted" ? ["Interrupted: the rest was not looked at."] : []),
    ...(ending === "limit" ? [`Looked at ${plural(looked, "message")}, as told by --limit; there may be more.`] : []),
    ...rows.filter(([number]) => number > 0).map(([number, words]) => `${count(number).padStart(9)}  ${words}`),
    ...(groups.length > 0
      ? [`Why they failed, where it is not told: look for "record failed" in ${groups.join(", ")}`]
      : []),
    ...(apply || looked === 0
      ? []
      : ["Dry run: nothing was replayed or deleted. --apply has all of it handled again."]),
  ];
}
