import type { Bounce, Complaint, Delivery, Feedback } from "../../shared/feedback/feedback.ts";
import { toEvidence } from "../../shared/suppression/evidence.ts";
import { DEFAULT_POLICY, type SuppressionPolicy } from "../../shared/suppression/policy.ts";
import type { Evidence, FeedbackEvidence, PersonEvidence } from "../../shared/suppression/suppression.ts";
import { bounceOf, complaintOf, deliveryOf, sentMail } from "./feedback.ts";

/** The day on which the stories of the tests begin. */
const START = Date.parse("2026-01-01T12:00:00.000Z");

/** Days after the start of a story, which need not be whole: ISO 8601. */
export function day(days: number): string {
  return new Date(START + days * 24 * 60 * 60 * 1_000).toISOString();
}

/** Reports that name a day have an id of that day, and are about a mail of that day. */
function onDay(days: number) {
  return {
    id: `report-${days}`,
    recipient: "Jane@partner.example",
    at: day(days),
    mail: { ...sentMail, messageId: `mail-${days}` },
  };
}

export function hard(days: number, parts: Partial<Bounce> = {}): Bounce {
  return bounceOf({ ...onDay(days), ...parts });
}

export function soft(days: number, parts: Partial<Bounce> = {}): Bounce {
  const said = { status: "4.2.0", diagnosticCode: null, reason: "undefined" } as const;
  return bounceOf({ ...onDay(days), bounceType: "Transient", ...said, ...parts });
}

export function full(days: number, parts: Partial<Bounce> = {}): Bounce {
  return soft(days, { bounceSubType: "MailboxFull", status: "4.2.2", reason: "mailboxFull", ...parts });
}

export function undetermined(days: number): Bounce {
  return soft(days, { bounceType: "Undetermined", bounceSubType: "Undetermined", status: null });
}

export function complaint(days: number, parts: Partial<Complaint> = {}): Complaint {
  return complaintOf({ ...onDay(days), ...parts });
}

export function notSpam(days: number, parts: Partial<Complaint> = {}): Complaint {
  return complaint(days, { feedbackType: "not-spam", ...parts });
}

export function delivered(days: number, parts: Partial<Delivery> = {}): Delivery {
  return deliveryOf({ ...onDay(days), mail: { ...sentMail, messageId: `delivered-${days}` }, ...parts });
}

/** As it is kept, when it is recorded at once. */
export function filed(
  feedback: Feedback,
  policy: SuppressionPolicy = DEFAULT_POLICY,
  recordedAt: string = feedback.at ?? day(0),
): FeedbackEvidence {
  const evidence = toEvidence(feedback, recordedAt, policy);
  if (evidence === undefined) throw new Error(`expected an address, got ${feedback.recipient}`);
  return evidence;
}

export function added(days: number, expiresAt?: string | null): PersonEvidence {
  const since = day(days);
  return person("add", days, expiresAt === undefined ? null : { reason: "manual", since, expiresAt });
}

export function removed(days: number): PersonEvidence {
  return person("remove", days, null);
}

export function imported(days: number, entry: NonNullable<PersonEvidence["entry"]>): PersonEvidence {
  return person("import", days, entry);
}

function person(act: PersonEvidence["act"], days: number, entry: PersonEvidence["entry"]): PersonEvidence {
  return {
    kind: "person",
    address: "jane@partner.example",
    spelling: "jane@Partner.example",
    shelf: "person",
    id: `${act}-${days}`,
    at: day(days),
    recordedAt: day(days),
    keepUntil: null,
    act,
    who: "ana",
    why: "she asked by telephone",
    entry,
  };
}

/** Reports become evidence, evidence stays as it is. */
export function story(items: readonly (Feedback | Evidence)[], policy = DEFAULT_POLICY): readonly Evidence[] {
  return items.map((item) => ("shelf" in item ? item : filed(item, policy)));
}
