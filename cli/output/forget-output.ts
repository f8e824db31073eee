import type { ForgettableMail, RawOutcome } from "../../shared/inbound/forget/forget-mails.ts";
import type { KnownSuppression } from "../../shared/suppression/forget-suppression.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import type { Suppression } from "../../shared/suppression/suppression.ts";
import { count, plural } from "./count.ts";
import { printable } from "./printable.ts";

/** What becomes of a mail. `left`: it concerns others as well, or somebody works on it right now. */
export type MailStatus = "planned" | "removed" | "left" | "busy" | "failed";
export type SuppressionStatus = "planned" | "forgotten" | "nothing" | "failed";

/** One mail as `forget --json` prints it: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedMail(
  { entry, source, roles, isTheirs }: ForgettableMail,
  status: MailStatus,
  raw: RawOutcome | null,
) {
  return { what: "mail", key: entry.key, source, roles, theirs: isTheirs, status, raw } as const;
}

/** The suppression in the same way: what the table shows of it, and what is kept of it in the end. */
export function printedForgetting(
  address: string,
  { state, forgotten, evidence }: KnownSuppression,
  status: SuppressionStatus,
  kept: Suppression | undefined,
  now: string,
) {
  return {
    what: "suppression",
    address,
    known: state !== undefined || evidence.length > 0,
    evidence: evidence.length,
    suppressed: isInForce(kept, now) || isInForce(state, now) || isInForce(forgotten, now),
    reason: kept?.reason ?? state?.reason ?? forgotten?.reason ?? null,
    expiresAt: (kept ?? state ?? forgotten)?.expiresAt ?? null,
    status,
  } as const;
}

const MAIL_WORDS: Readonly<Record<MailStatus, string>> = {
  planned: "to be removed",
  removed: "removed",
  left: "left",
  busy: "left, in use",
  failed: "FAILED",
};

const RAW_WORDS: Readonly<Record<RawOutcome, string>> = {
  removed: "",
  gone: "; the raw mail was not there any more",
  elsewhere: "; the raw mail stays where it is",
};

/** One mail for a person. */
export function mailLine({ what: _, key, source, roles, theirs, status, raw }: ReturnType<typeof printedMail>): string {
  const others = theirs ? "" : ", concerns others too";
  return `${MAIL_WORDS[status].padEnd(13)}  ${printable(source ?? key)}: ${roles.join(", ")}${others}${raw === null ? "" : RAW_WORDS[raw]}\n`;
}

/** The suppression for a person. */
export function forgettingLine(printed: ReturnType<typeof printedForgetting>): string {
  const { evidence, suppressed, reason, expiresAt, status } = printed;
  if (status === "nothing")
    return `${"nothing".padEnd(13)}  is known of the address in the suppression table${suppressed ? ", but a hash that goes on suppressing it" : ""}\n`;
  const words = { planned: "to be removed", forgotten: "removed", failed: "FAILED" }[status];
  const until = expiresAt === null ? "" : ` until ${expiresAt}`;
  const rest = suppressed
    ? `a hash of the address stays, and suppresses it (${reason})${until}`
    : "it is not suppressed, and nothing stays";
  return `${words.padEnd(13)}  suppression: ${plural(evidence, "piece")} of evidence; ${rest}\n`;
}

/** What a run counts. */
export interface ForgetTally extends Record<MailStatus, number> {
  /** Raw mails that stay where they are. */
  elsewhere: number;
}

/** The closing table, and what a person should know beyond it. */
export function forgetSummary(tally: ForgetTally, { apply }: { readonly apply?: true }): string[] {
  const rows: readonly (readonly [number, string])[] = [
    [tally.planned, "mails to be removed"],
    [tally.removed, "mails removed"],
    [tally.left, "mails left, because they concern others too (--all-mails removes them)"],
    [tally.busy, "mails left, because somebody works on them right now"],
    [tally.failed, "mails failed, as said above"],
    [tally.elsewhere, "raw mails stay where they are; they are yours to remove"],
  ];
  return [
    ...rows.filter(([number]) => number > 0).map(([number, words]) => `${count(number).padStart(9)}  ${words}`),
    ...(apply
      ? tally.failed + tally.busy > 0
        ? ["The same command again tries once more what is left."]
        : []
      : ["Dry run: nothing was removed. --apply removes it for good."]),
  ];
}
