import type { Feedback } from "../feedback/feedback.ts";
import { bounceEffect } from "./bounce-effect.ts";
import { complaintEffect } from "./complaint-effect.ts";
import type { SuppressionPolicy } from "./policy.ts";
import type { SuppressionReason } from "./suppression.ts";

/** What one report does by itself. Whether its address is suppressed depends on all its evidence: see `judge`. */
export interface Effect {
  /**
   * - `suppress`: by itself, or as one of as many as the policy wants
   * - `count`, `countHalf`: counts towards a suppression by several
   * - `suspect`: one of several recipients complained, nobody knows who
   * - `lift`: takes complaints back
   * - `none`: is kept as evidence, and no more
   */
  readonly effect: "suppress" | "count" | "countHalf" | "suspect" | "lift" | "none";
  /** What it suppresses for: with `suppress` alone. */
  readonly reason?: SuppressionReason;
  /** For a person: a sentence. */
  readonly why: string;
  /** Of what a person should hear: a subtype that is new to us; or something that is wrong with our mail. */
  readonly told?: "unknownSubtype" | "operators";
}

/**
 * What a report does by itself, and why. SES facts 2.3.1 and 2.4, as far as the policy does not say otherwise.
 *
 * What anybody can have written does nothing (trap 1.14).
 */
export function effectOf(feedback: Feedback, policy: SuppressionPolicy): Effect {
  if (!feedback.trusted)
    return { effect: "none", why: "It does nothing, because the mail that tells it can have been written by anybody." };
  switch (feedback.kind) {
    case "bounce":
      return bounceEffect(feedback, policy);
    case "complaint":
      return complaintEffect(feedback, policy);
    case "delay":
      return { effect: "none", why: "It does nothing, because the mail is still being tried." };
    case "delivery":
      return { effect: "none", why: "Bounces that counted until then count no more, because the mailbox took a mail." };
  }
}
