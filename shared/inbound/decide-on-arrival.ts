import { type KnownAlerts, markedIds } from "../alerts/loop-mark.ts";
import type { TrustPolicy } from "../feedback/trust-policy.ts";
import type { Clock, MailLog } from "../ports.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { findKnownAlerts, nextRound } from "./alert-trace.ts";
import { decide } from "./decide.ts";
import type { ReadArrival } from "./read-arrival.ts";
import { evaluateUnreadable } from "./unreadable-mail.ts";
import type { Decided } from "./work-on-mail.ts";

export interface DecidingPorts {
  readonly mailLog: MailLog;
  readonly clock: Clock;
  /** The rules that are in force, asked for each mail. */
  readonly rules: () => Promise<CompiledRules>;
  /** Whose reports about our mails are believed. */
  readonly trust: TrustPolicy;
}

/** A mail as it was read, which of the alerts that it bears marks of are ours, and the rules that are in force. */
export type KnownArrival = ReadArrival & { readonly knownAlerts: KnownAlerts; readonly rules: CompiledRules };

/** Adds to a mail that was read what else is to be known to decide about it. Few mails bear marks: no other costs a question. */
export async function knowArrival(read: ReadArrival, { mailLog, rules }: DecidingPorts): Promise<KnownArrival> {
  const marks = read.message === undefined ? [] : markedIds(read.message);
  return { ...read, knownAlerts: await findKnownAlerts(marks, mailLog), rules: await rules() };
}

/** @param announced all that was announced of the mail by now; `null` when that is nothing: then its headers say it */
export function decideOn(read: KnownArrival, announced: Receipt | null, { clock, trust }: DecidingPorts): Decided {
  const receipt = announced ?? read.receipt;
  if (read.unreadable !== undefined) {
    const missedAt = clock.now();
    // What nobody announced is not put down as announced: once the mail is there, it says it itself.
    return {
      evaluation: evaluateUnreadable(receipt, read.unreadable),
      receipt: announced,
      provisional: true,
      missedAt,
    };
  }
  const { message, knownAlerts, rules } = read;
  const evaluation = decide({ message, receipt, knownAlerts }, rules, trust);
  return { evaluation, receipt, alertRound: nextRound(knownAlerts) };
}
