import { zoneLine } from "./record-line.ts";
import type { NeededRecord } from "./records.ts";

/** What each group of records is for. */
const PURPOSES: Readonly<Record<NeededRecord["role"], readonly string[]>> = {
  mx: [
    "Receiving: mail for the domain comes to SES. It must be the only MX record of its name: one that is there now has to go.",
    "From then on the domain's mail comes here and nowhere else.",
  ],
  dkim: [
    "DKIM: SES signs what the domain sends. These records also verify the domain. None of the three may be left out.",
  ],
  mailFromMx: ["MAIL FROM: bounces of what the domain sends go to SES. It must be the only MX record of its name."],
  mailFromSpf: ["MAIL FROM: SES may send for this name (SPF), which counts for DMARC."],
  dmarc: [
    "DMARC: what others do with mail that pretends to be yours. A policy that is there already may stay in its place.",
  ],
  verification: ["The classic way to verify the domain. It is not needed where the DKIM records are set."],
};

/** All records as a zone file; comments say what each is for. */
export function zoneFile(records: readonly NeededRecord[], remarks: readonly string[]): string {
  const lines = records.flatMap((record, at) => [
    ...(records[at - 1]?.role === record.role ? [] : ["", ...PURPOSES[record.role].map(comment)]),
    zoneLine(record),
  ]);
  return [...remarks.map(comment), ...lines].map((line) => `${line}\n`).join("");
}

function comment(text: string): string {
  return `; ${text}`;
}
