import type { BounceType, FeedbackReason } from "./feedback.ts";
import { chooseStatus, classOf, isGeneric, replyCode, type StatusClass } from "./status-code.ts";
import { reasonOfStatus, reasonOfSubject } from "./status-reasons.ts";
import { reasonOfText, reasonOfVagueText } from "./text-reasons.ts";

/** What a server, or the mail that tells of it, said about one recipient. */
export interface Said {
  /** The Status field, with or without a comment. */
  readonly status: string | null;
  readonly diagnosticCode: string | null;
  /** What the report says to people: examined for the reason where the diagnostic code gives none. */
  readonly text?: string;
  readonly action?: string | null;
}

export interface Classified {
  readonly status: string | null;
  readonly bounceType: BounceType;
  /** SES's word (SES fact 2.3.1). */
  readonly bounceSubType: string;
  readonly reason: FeedbackReason;
}

/** Whatever their code, SES calls these transient (SES fact 2.3.1): it is not the address that is at fault. */
const TRANSIENT: Readonly<Partial<Record<FeedbackReason, string>>> = {
  mailboxFull: "MailboxFull",
  tooLarge: "MessageTooLarge",
  contentRejected: "ContentRejected",
  virusDetected: "ContentRejected",
  expired: "General",
};

/** Nobody needs a code to know that these stay so. */
const PERMANENT: ReadonlySet<FeedbackReason> = new Set(["userUnknown", "hostUnknown", "hasMoved"]);

/** What passes, where nothing says its class. */
const PASSING: ReadonlySet<FeedbackReason> = new Set(["mailboxFull", "rateLimited"]);

/**
 * Puts what a server said into our words and SES's: the status that tells the truth, the reason, and the type of bounce.
 *
 * Clear words decide the reason before the status does: many servers say `5.7.1` or `5.0.0` whatever happened.
 */
export function classify({ status, diagnosticCode, text = "", action = null }: Said): Classified {
  const said = diagnosticCode ?? "";
  const chosen = chooseStatus(status, diagnosticCode);
  const reason = reasonOf(said, chosen, text);
  return {
    status: chosen ?? statusOfAction(action, reason),
    ...bounceType(classFor(chosen, replyCode(said)), reason),
    reason,
  };
}

/** From what says it clearly to what leaves it to guess. What is said to people counts only where it is clear. */
function reasonOf(said: string, status: string | null, text: string): FeedbackReason {
  return (
    reasonOfText(said) ??
    reasonOfStatus(status) ??
    reasonOfText(text) ??
    reasonOfVagueText(said) ??
    reasonOfSubject(status) ??
    "undefined"
  );
}

/** A generic 5.0.0 is what many programs write for whatever they give up; an answer 450 below it is what happened. */
function classFor(status: string | null, reply: string | null): StatusClass | null {
  if (status !== null && isGeneric(status) && classOf(reply) === "4") return "4";
  return classOf(status);
}

/**
 * Without any code, the action still tells the class, and RFC 3463 section 3.1 has X.0.0 for an error of which only that is known:
 * `failed` means that the server gave up (RFC 3464 section 2.3.3).
 */
function statusOfAction(action: string | null, reason: FeedbackReason): string | null {
  if (action === "delayed") return "4.0.0";
  if (action !== "failed") return null;
  return PASSING.has(reason) ? "4.0.0" : "5.0.0";
}

function bounceType(
  statusClass: StatusClass | null,
  reason: FeedbackReason,
): { bounceType: BounceType; bounceSubType: string } {
  const subType = TRANSIENT[reason];
  if (subType !== undefined) return { bounceType: "Transient", bounceSubType: subType };
  if (statusClass === "5") return { bounceType: "Permanent", bounceSubType: "General" };
  if (statusClass === "4") return { bounceType: "Transient", bounceSubType: "General" };
  if (PERMANENT.has(reason)) return { bounceType: "Permanent", bounceSubType: "General" };
  if (reason === "undefined") return { bounceType: "Undetermined", bounceSubType: "Undetermined" };
  return { bounceType: "Transient", bounceSubType: "General" };
}
