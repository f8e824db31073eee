import { printedFeedback } from "../../shared/feedback/printed-feedback.ts";
import { isForgottenKey } from "../../shared/suppression/forgotten.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import type { Evidence, Suppression } from "../../shared/suppression/suppression.ts";

/** What is known of an address as commands print it: a contract, scripts read it. */
export interface PrintedSuppression {
  readonly address: string;
  readonly suppressed: boolean;
  readonly reason: Suppression["reason"];
  readonly since: string | null;
  readonly expiresAt: string | null;
  readonly evidence?: readonly PrintedEvidence[];
  readonly spelling: string | null;
  readonly suspect: boolean;
  readonly probation: boolean;
  readonly counts: Suppression["counts"];
  /** What suppresses it is all that is kept of it. */
  readonly forgotten: boolean;
}

const NO_COUNTS: Suppression["counts"] = { permanent: 0, transient: 0, undetermined: 0, complaints: 0 };

/**
 * Its keys and their order are fixed here and nowhere else. After the end of a suppression its reason is still shown, with `suppressed` false.
 *
 * @param now ISO 8601 in UTC with milliseconds
 */
export function printedSuppression(
  address: string,
  state: Suppression | undefined,
  now: string,
  evidence?: readonly Evidence[],
): PrintedSuppression {
  return {
    address,
    suppressed: isInForce(state, now),
    reason: state?.reason ?? null,
    since: state?.since ?? null,
    expiresAt: state?.expiresAt ?? null,
    ...(evidence && { evidence: evidence.map(printedEvidence) }),
    spelling: state?.spelling || null,
    suspect: state?.suspect ?? false,
    probation: state?.probation ?? false,
    counts: state?.counts ?? NO_COUNTS,
    forgotten: state !== undefined && isForgottenKey(state.address),
  };
}

export type PrintedEvidence = ReturnType<typeof printedEvidence>;

/** A report as everywhere else, and what persons did with who and why; both with when, and where it is kept. */
function printedEvidence(item: Evidence) {
  const { at, id, shelf, recordedAt } = item;
  const filed = { at, id, shelf, recordedAt } as const;
  if (item.kind === "feedback") return { ...printedFeedback(item.feedback), ...filed, id: item.feedback.id };
  const { kind, act, who, why, entry, spelling } = item;
  return { kind, act, who, why, entry, recipient: spelling, ...filed };
}
