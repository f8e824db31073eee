import type { Suppression } from "../../shared/suppression/suppression.ts";
import type { Colours } from "./colours.ts";
import { plural } from "./count.ts";
import { field } from "./fields.ts";
import { printable } from "./printable.ts";
import { reportLine } from "./report-line.ts";
import type { PrintedEvidence, PrintedSuppression } from "./suppression-output.ts";

/** What is known of one address, for a person. */
export function suppressionBlock(printed: PrintedSuppression, colours: Colours): string {
  const { address, suspect, probation, spelling, evidence = [] } = printed;
  const lines = [
    colours.bold(printable(address)),
    field("State", stateWords(printed)),
    ...(spelling === null || spelling === address ? [] : [field("Spelt", printable(spelling))]),
    ...(printed.forgotten ? [field("Forgotten", "a hash of the address is all that is kept of it")] : []),
    ...(suspect ? [field("Suspect", "named in a complaint beside others")] : []),
    ...(probation ? [field("Probation", "lifted by a person: the next permanent bounce suppresses at once")] : []),
    ...countLines(printed.counts),
    ...evidence.map((item, at) => field(at === 0 ? "Evidence" : "", evidenceLine(item))),
  ];
  return `${lines.join("\n")}\n`;
}

function stateWords({ suppressed, reason, since, expiresAt }: PrintedSuppression): string {
  if (reason === null) return "may be written to";
  const until = expiresAt === null ? "" : ` until ${expiresAt}`;
  return suppressed
    ? `suppressed (${reason}) since ${since}${until}`
    : `may be written to again: ${reason} ended at ${expiresAt}`;
}

function countLines({ permanent, transient, undetermined, complaints }: Suppression["counts"]): string[] {
  const counts = [
    [permanent, "permanent bounce"],
    [transient, "transient bounce"],
    [undetermined, "undetermined bounce"],
    [complaints, "complaint"],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => plural(count, word));
  return words.length === 0 ? [] : [field("Counted", words.join(", "))];
}

const ACTS = { add: "added", remove: "removed", import: "imported" } as const;

function evidenceLine(item: PrintedEvidence): string {
  const when = item.at ?? item.recordedAt;
  if (item.kind !== "person") return `${when}  ${reportLine(item)}${item.trusted ? "" : " (not trusted)"}`;
  const { act, who, why, entry } = item;
  const reason = entry === null || act === "add" ? "" : ` (${entry.reason} since ${entry.since})`;
  return `${when}  ${ACTS[act]} by ${printable(who)}${reason}: ${printable(why)}`;
}

/** One suppressed address on a line of a list. */
export function suppressionLine({ address, suppressed, reason, since, expiresAt }: PrintedSuppression): string {
  const end = expiresAt === null ? "" : `  ${suppressed ? "until" : "ended"} ${expiresAt}`;
  return `${printable(address)}  ${reason}  since ${since}${end}\n`;
}
