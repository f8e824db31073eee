import { operatorAlert } from "../alerts/compose-alert.ts";
import { roundsBefore } from "../alerts/loop-mark.ts";
import { claimsToBeOurAlert, isOurAlert } from "../alerts/our-alert.ts";
import type { Decision, ReadMail } from "./record.ts";

/** A decision before a mail's reports are read, which are read of every mail that is not ignored. */
export type Screened = Omit<Decision, "feedback">;

/** So many alerts of our own in a row, each about a mail that carries the one before, are a loop. One may be a person who answers an alert. */
const LOOP_ROUNDS = 2;

const WHY = {
  ours: "an alert of our own that came back",
  held: "an alert about an alert: a loop",
  round: "an alert that goes round in a loop",
};

const SENTENCE =
  "A mail was held back, because it carries an alert of this desk that was itself about an alert of this desk: alerts come back as mails, and each raises the next. What its rules found is recorded, and its raw bytes are kept. Please look which subscription of a topic, or which forwarder, leads back here. What still comes back of this loop is ignored.";

/**
 * Why a mail is an alert that came back and must not raise another one; `undefined` for any other mail.
 *
 * A mail is what it claims to be when SES says so, or our mail log does. After the word to the operator about a loop nothing more is said of it.
 */
export function whyAlertIsIgnored(mail: ReadMail): string | undefined {
  const rounds = roundsBefore(mail.knownAlerts ?? new Map());
  if (isOurAlert(mail) || (rounds > 0 && claimsToBeOurAlert(mail.message))) return WHY.ours;
  return rounds > LOOP_ROUNDS ? WHY.round : undefined;
}

/**
 * Holds back a mail that goes round in a loop: what matched is recorded, and the operator is told in place of those who would have been.
 *
 * This comes after the verdict policy and the rules, so that no alert of any kind, ours neither, is left out of the count.
 */
export function endLoop(mail: ReadMail, decision: Screened): Screened {
  if (roundsBefore(mail.knownAlerts ?? new Map()) < LOOP_ROUNDS) return decision;
  const alert = operatorAlert({ rule: "mailroom/loop", severity: "error", sentence: SENTENCE }, mail);
  return {
    outcome: "quarantined",
    why: WHY.held,
    matches: decision.matches,
    alerts: [alert],
    problems: decision.problems,
  };
}
