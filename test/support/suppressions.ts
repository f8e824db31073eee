import type { FeedbackEvidence, Suppression } from "../../shared/suppression/suppression.ts";
import { bounceOf } from "./feedback.ts";

/** The state of an address that bounced, but for what a test is about. */
export function suppressionOf(parts: Partial<Suppression> = {}): Suppression {
  return {
    address: "gone@partner.example",
    spelling: "Gone@Partner.example",
    reason: "bounce",
    since: "2026-11-21T07:41:19.000Z",
    expiresAt: null,
    suspect: false,
    probation: false,
    counts: { permanent: 1, transient: 0, undetermined: 0, complaints: 0 },
    version: 1,
    ...parts,
  };
}

/** A bounce as it is kept, but for what a test is about. */
export function evidenceOf(parts: Partial<FeedbackEvidence> = {}): FeedbackEvidence {
  const feedback = bounceOf(parts.id === undefined ? {} : { id: parts.id });
  return {
    kind: "feedback",
    address: "gone@partner.example",
    spelling: "Gone@Partner.example",
    shelf: "decisive",
    id: feedback.id,
    at: feedback.at,
    recordedAt: "2026-11-21T07:41:20.000Z",
    keepUntil: null,
    feedback,
    ...parts,
  };
}
