import type { PrintedFeedback } from "../../shared/feedback/printed-feedback.ts";
import type { Effect } from "../../shared/suppression/effect.ts";
import type { Suppression } from "../../shared/suppression/suppression.ts";
import type { Colours } from "./colours.ts";
import { field } from "./fields.ts";
import { printable } from "./printable.ts";
import { reportLine } from "./report-line.ts";

/** One report as `feedback --json` prints it: a contract, scripts read it. */
export interface PrintedEvent extends PrintedFeedback {
  readonly source: string;
  readonly effect: Effect["effect"];
  readonly why: string;
}

/** Its keys and their order are fixed here and nowhere else. */
export function printedEvent(source: string, printed: PrintedFeedback, { effect, why }: Effect): PrintedEvent {
  return { source, ...printed, effect, why };
}

/** What the table says of the address afterwards. */
export interface AddressState {
  readonly state: Suppression | undefined;
  readonly isSuppressed: boolean;
}

/** One report for a person: what it says, what it does by itself and, where it was recorded, what became of its address. */
export function feedbackBlock(event: PrintedEvent, after: AddressState | undefined, colours: Colours): string {
  const { source, effect, why } = event;
  const lines = [
    colours.bold(printable(source)),
    field("Report", reportLine(event)),
    field("Effect", `${effect}. ${printable(why)}`),
    ...(after === undefined ? [] : [field("Address", addressWords(after))]),
  ];
  return `${lines.join("\n")}\n\n`;
}

function addressWords({ state, isSuppressed }: AddressState): string {
  const suspect = state?.suspect ? "; one of those who may have complained" : "";
  if (!isSuppressed || state === undefined) return `may be written to${suspect}`;
  const { reason, since, expiresAt } = state;
  return `suppressed (${reason}) since ${since}${expiresAt === null ? "" : ` until ${expiresAt}`}${suspect}`;
}
