import type { Feedback } from "../feedback/feedback.ts";
import type { Log } from "../ports.ts";
import { type Effect, effectOf } from "./effect.ts";
import { toEvidence } from "./evidence.ts";
import { findForgotten, isForGood, longer } from "./forgotten.ts";
import { JUDGED_SHELVES } from "./judged-shelves.ts";
import { type Settled, type SuppressionPorts, settle } from "./settle.ts";

/**
 * What became of a report. `noAddress`: it names a recipient that is no address, and nothing was kept of it. `forgotten`: nothing was kept of it,
 * because the address was forgotten and is suppressed for good.
 */
export type FeedbackOutcome =
  | ({ readonly kind: "recorded" | "forgotten"; readonly address: string; readonly effect: Effect } & Settled)
  | { readonly kind: "noAddress" };

/**
 * Records reports as evidence, and suppresses or lifts what follows from all evidence of the address.
 *
 * A report that comes again changes nothing, but its address is judged anew: the first time may have ended between the two. Reports may come
 * in any order and at once.
 *
 * What comes about a forgotten address is kept in clear only while that is suppressed for a time: what ends has to be judged together with what comes.
 */
export function createRecordFeedback(ports: SuppressionPorts): (feedback: Feedback) => Promise<FeedbackOutcome> {
  const { table, clock, policy, log } = ports;
  return async (feedback) => {
    const evidence = toEvidence(feedback, clock.now(), policy);
    if (evidence === undefined) return { kind: "noAddress" };
    const { address, shelf } = evidence;
    const effect = effectOf(feedback, policy);
    tell(effect, feedback, log);
    const forgotten = await findForgotten(address, table);
    if (isForGood(forgotten)) return { kind: "forgotten", address, effect, ...unchanged(forgotten) };
    await table.addEvidence(evidence);
    const settled = JUDGED_SHELVES.has(shelf) ? await settle(address, ports) : unchanged(await table.get(address));
    const { before, after } = settled;
    return { kind: "recorded", address, effect, before: longer(before, forgotten), after: longer(after, forgotten) };
  };
}

function unchanged(state: Settled["before"]): Settled {
  return { before: state, after: state };
}

/** Log lines hold no addresses. */
function tell({ told }: Effect, feedback: Feedback, log: Log): void {
  if (told === undefined) return;
  log.warn(told === "unknownSubtype" ? "feedback of an unknown subtype" : "feedback that concerns operators", {
    kind: feedback.kind,
    id: feedback.id,
    sesMessageId: feedback.mail.messageId ?? undefined,
    ...(feedback.kind === "bounce" && {
      type: feedback.bounceType,
      subType: feedback.bounceSubType,
      reason: feedback.reason,
    }),
    ...(feedback.kind === "complaint" && {
      type: feedback.feedbackType ?? undefined,
      subType: feedback.complaintSubType ?? undefined,
    }),
  });
}
