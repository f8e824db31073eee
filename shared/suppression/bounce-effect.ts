import type { Bounce, FeedbackReason } from "../feedback/feedback.ts";
import { enhancedCodes } from "../feedback/status-code.ts";
import type { Effect } from "./effect.ts";
import { type BounceEffect, DEFAULT_POLICY, type SuppressionPolicy } from "./policy.ts";
import { PROVIDER_BOUNCES } from "./provider-subtypes.ts";

/** Of these the operator should hear: mail of ours is refused for what it is (SES fact 2.3.1). */
const OPERATORS_SUBTYPES: ReadonlySet<string> = new Set(["contentrejected", "attachmentrejected"]);
const OPERATORS_REASONS: ReadonlySet<FeedbackReason> = new Set(["contentRejected", "virusDetected", "authFailure"]);

/** What a bounce does by itself (SES fact 2.3.1). */
export function bounceEffect(bounce: Bounce, policy: SuppressionPolicy): Effect {
  const { found, isKnown } = lookUp(bounce, policy);
  const effect = decide(bounce, found, policy);
  if (!isKnown)
    return { ...effect, why: effect.why.replace(/\.$/, "; the subtype is new to us."), told: "unknownSubtype" };
  return concernsOperators(bounce) ? { ...effect, told: "operators" } : effect;
}

function decide(bounce: Bounce, found: BounceEffect, policy: SuppressionPolicy): Effect {
  const { bounceType, bounceSubType, reason } = bounce;
  const kind = `${bounceType}/${bounceSubType}`;
  const provider = PROVIDER_BOUNCES.get(bounceSubType.toLowerCase());
  // Nothing was tried, so that the other fields speak of no server's answer.
  if (provider !== undefined && found === "suppress") return { effect: "suppress", ...provider };
  if (provider === undefined && policy.harmlessReasons.includes(reason))
    return none(`the reason (${reason}) speaks of our mail, not of the mailbox`);
  if (found === "none") return none(`${kind} says nothing against the mailbox`);
  if (isMislabelled(bounce, policy))
    return suppress(`the server says 5.1.1, no such mailbox, although the bounce is labelled ${kind}`, policy);
  if (found === "suppress") return suppress(`the bounce is permanent (${kind})`, policy);
  if (policy.uncountedReasons.includes(reason))
    return none(`the reason (${reason}) speaks of the way to the mailbox, not of the mailbox`);
  if (found === "count") return { effect: "count", why: `It counts, because the bounce is not permanent (${kind}).` };
  return { effect: "countHalf", why: `It counts half, because nobody knows what went wrong (${kind}).` };
}

/**
 * `550 5.1.1` is a mailbox that does not exist; some servers' reports, and SES with them, call it Transient all the same (trap 1.13). What says that the
 * mailbox is full says that it exists; what was refused on the way to it (`uncountedReasons`) says nothing of it, whatever its code.
 */
function isMislabelled({ bounceType, reason, status, diagnosticCode }: Bounce, policy: SuppressionPolicy): boolean {
  if (!policy.mislabelled || bounceType !== "Transient") return false;
  if (reason === "mailboxFull" || policy.uncountedReasons.includes(reason)) return false;
  return status === "5.1.1" || enhancedCodes(diagnosticCode ?? "").includes("5.1.1");
}

/** Keys are compared without regard to case: SES's own API spells them in capitals (SES fact 2.3.1). */
function lookUp({ bounceType, bounceSubType }: Bounce, policy: SuppressionPolicy) {
  const key = `${bounceType}/${bounceSubType}`.toLowerCase();
  const named = Object.entries(policy.bounces).find(([name]) => name.toLowerCase() === key)?.[1];
  return {
    found: named ?? policy.bounces[`${bounceType}/*`] ?? "none",
    isKnown: named !== undefined || KNOWN.has(key),
  };
}

const KNOWN: ReadonlySet<string> = new Set(
  [...Object.keys(DEFAULT_POLICY.bounces), "Undetermined/Undetermined"].map((key) => key.toLowerCase()),
);

function concernsOperators({ bounceSubType, reason }: Bounce): boolean {
  return OPERATORS_SUBTYPES.has(bounceSubType.toLowerCase()) || OPERATORS_REASONS.has(reason);
}

function suppress(because: string, { permanentBounces }: SuppressionPolicy): Effect {
  const does = permanentBounces === 1 ? "It suppresses" : `It is one of the ${permanentBounces} that suppress`;
  return { effect: "suppress", reason: "bounce", why: `${does}, because ${because}.` };
}

function none(because: string): Effect {
  return { effect: "none", why: `It does nothing, because ${because}.` };
}
