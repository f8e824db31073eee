import type { Feedback } from "../feedback/feedback.ts";

/** Why an address may not be written to, by weight: of reasons that last equally long, the first is shown. */
export const SUPPRESSION_REASONS = [
  "complaint",
  "manual",
  "bounce",
  "accountList",
  "tenantList",
  "globalList",
  "emailValidation",
  "repeatedBounces",
  "mailboxFull",
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** What the table holds of one address: the outcome of its evidence (the newest of each shelf) under the policy, and of nothing else. */
export interface Suppression {
  /** Canonical: the key. */
  readonly address: string;
  /** The address as it was first spelt to us in the evidence that counts most. */
  readonly spelling: string;
  /** `null`: there is evidence, but the address may be written to. */
  readonly reason: SuppressionReason | null;
  /** When the evidence for the reason was complete. ISO 8601 in UTC; null exactly when `reason` is. */
  readonly since: string | null;
  /** From then on the address may be written to again. ISO 8601 in UTC; `null`: never, until a person lifts it. */
  readonly expiresAt: string | null;
  /** Named in a complaint beside others: it may have been this one who complained. Blocks nothing. */
  readonly suspect: boolean;
  /** A person has lifted a suppression: the next hard bounce suppresses at once. */
  readonly probation: boolean;
  /** How much evidence of each kind counts since the address was last lifted. */
  readonly counts: {
    readonly permanent: number;
    readonly transient: number;
    readonly undetermined: number;
    readonly complaints: number;
  };
  /** 1 for the first writing, one more for each that changes something. */
  readonly version: number;
}

/**
 * Where evidence is kept, by what it can do. The policy reads the newest of each shelf, so that a flood on one hides nothing on
 * another and the cost of a decision is bounded.
 *
 * - `person`: what persons did
 * - `complaint`: complaints, and what takes them back
 * - `decisive`: bounces that suppress
 * - `soft`: bounces that count
 * - `provider`: SES did not even try: its own lists told us
 * - `delivery`: the mailbox took a mail
 * - `told`: nothing follows from it (a delay)
 * - `untrusted`: nothing may follow from it
 */
export const SHELVES = [
  "person",
  "complaint",
  "decisive",
  "soft",
  "provider",
  "delivery",
  "told",
  "untrusted",
] as const;
export type Shelf = (typeof SHELVES)[number];

export interface EvidenceItem {
  /** Canonical. */
  readonly address: string;
  /** As it was spelt in the report or by the person. */
  readonly spelling: string;
  readonly shelf: Shelf;
  /** With `address`, `shelf` and `at` the key: adding the same again changes nothing. */
  readonly id: string;
  /** When it happened: ISO 8601 in UTC with milliseconds; `null` when the report does not say. */
  readonly at: string | null;
  /** When it was first added, by our clock. */
  readonly recordedAt: string;
  /** When it may be deleted, because nothing can follow from it any more. `null`: never. */
  readonly keepUntil: string | null;
}

/** A report about the address. */
export interface FeedbackEvidence extends EvidenceItem {
  readonly kind: "feedback";
  readonly feedback: Feedback;
}

/** What a person did: added the address, removed it, or took it over from a file or from SES's list. */
export interface PersonEvidence extends EvidenceItem {
  readonly kind: "person";
  readonly act: "add" | "remove" | "import";
  /** Who, as they call themselves: a user name. */
  readonly who: string;
  /** Why, in their words. */
  readonly why: string;
  /** What an import brought; `add` suppresses as `manual`; without an end of its own (`null` here) as long as the policy says. */
  readonly entry: {
    readonly reason: SuppressionReason;
    readonly since: string;
    readonly expiresAt: string | null;
  } | null;
}

export type Evidence = FeedbackEvidence | PersonEvidence;
