import { operatorAlert } from "../alerts/compose-alert.ts";
import { LOOP_HOPS, markedHop } from "../alerts/loop-mark.ts";
import type { Decision, ReadMail } from "./record.ts";

/** A decision before a mail's reports are read, which are read of every mail that is not ignored. */
export type Screened = Omit<Decision, "feedback">;

const LOOP = "an alert about an alert about an alert: a loop";
const SENTENCE =
  "A mail was held back, because it carries an alert about an alert about an alert: alerts come back to this desk as mails, and each raises the next. What its rules found is recorded, and its raw bytes are kept. Please look which subscription of a topic, or which forwarder, leads back here.";

/**
 * Holds back a mail that goes round in a loop: what matched is recorded, and the operator is told in place of those who would
 * have been.
 *
 * The word to the operator bears the next hop, which nothing else does; when it comes back in its turn, only the record and the log tell.
 * This comes after the verdict policy and the rules, so that no alert of any kind, ours neither, is left out of the count.
 */
export function endLoop(mail: ReadMail, decision: Screened): Screened {
  const hop = markedHop(mail.message);
  if (hop < LOOP_HOPS) return decision;
  const alerts =
    hop > LOOP_HOPS ? [] : [operatorAlert({ rule: "mailroom/loop", severity: "error", sentence: SENTENCE }, mail)];
  return { outcome: "quarantined", why: LOOP, matches: decision.matches, alerts, problems: decision.problems };
}
