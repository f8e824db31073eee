import { type Complaints, weighComplaints } from "./complaint-terms.ts";
import { toIso } from "./days.ts";
import { JUDGED_SHELVES } from "./judged-shelves.ts";
import { lastDelivery } from "./last-delivery.ts";
import { personTerms } from "./person-terms.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { PROVIDER_REASONS } from "./provider-subtypes.ts";
import { softTerms } from "./soft-terms.ts";
import type { Evidence, Suppression } from "./suppression.ts";
import { lastingTerm, type Term, termFrom } from "./terms.ts";
import { byTime, type Weighed, type WeighedAct, type WeighedFeedback, weigh } from "./weigh.ts";

/**
 * What all evidence of an address comes to under the policy: neither the order in which it is given, nor how often, nor the time of asking
 * matters.
 *
 * What a person removed is void, and so is everything before that. A delivery voids the bounces before it that only count, and ends what they brought
 * about; `not-spam` does so with complaints. What is left suppresses for as long as the policy says.
 *
 * @param evidence the newest of each shelf; what is on shelves from which nothing follows is passed over
 * @returns `undefined` when there is none, or deliveries alone
 */
export function judge(
  address: string,
  evidence: readonly Evidence[],
  policy: SuppressionPolicy,
): Omit<Suppression, "version"> | undefined {
  const all = weigh(
    evidence.filter(({ shelf }) => JUDGED_SHELVES.has(shelf)),
    policy,
  );
  const spelling = firstSpelling(all);
  if (spelling === undefined) return undefined;

  const { acts, feedback, isLifted } = sinceLifted(all);
  const complaints = weighComplaints(feedback, policy);
  const deliveredAt = lastDelivery(feedback);
  const hard = feedback.filter(({ effect }) => effect.reason === "bounce");
  const soft = feedback.filter((report) => isSoft(report) && report.time > deliveredAt);
  const shown = lastingTerm([
    ...complaints.terms,
    ...personTerms(acts.filter(standing(complaints, deliveredAt)), policy),
    ...hard.slice(isLifted ? 0 : policy.permanentBounces - 1).map((bounce) => termFrom(bounce, "bounce", policy)),
    ...listTerms(feedback, policy),
    ...softTerms(soft, policy),
  ]);
  return {
    address,
    spelling: shown?.spelling ?? spelling,
    reason: shown?.reason ?? null,
    since: shown === undefined ? null : toIso(shown.from),
    expiresAt: shown === undefined ? null : toIso(shown.to),
    suspect: complaints.suspect,
    probation: isLifted && shown === undefined,
    counts: {
      permanent: hard.length,
      transient: soft.filter((report) => !isUndetermined(report)).length,
      undetermined: soft.filter(isUndetermined).length,
      complaints: complaints.count,
    },
  };
}

/** In probation, that is since a person lifted a suppression, one permanent bounce is enough. */
function sinceLifted({ acts, feedback }: Weighed): Weighed & { readonly isLifted: boolean } {
  const liftedAt = acts.findLast(({ item }) => item.act === "remove")?.time ?? Number.NEGATIVE_INFINITY;
  return {
    acts: acts.filter(({ time }) => time > liftedAt),
    feedback: feedback.filter(({ time }) => time > liftedAt),
    isLifted: liftedAt !== Number.NEGATIVE_INFINITY,
  };
}

/** What was taken over from elsewhere ends by what would end it here, had it begun here at the time that it names. */
function standing({ takenBackAt }: Complaints, deliveredAt: number): (act: WeighedAct) => boolean {
  return ({ item: { entry } }) => {
    if (entry === null) return true;
    const since = Date.parse(entry.since);
    if (entry.reason === "complaint") return since > takenBackAt;
    return (entry.reason !== "repeatedBounces" && entry.reason !== "mailboxFull") || since > deliveredAt;
  };
}

function listTerms(feedback: readonly WeighedFeedback[], policy: SuppressionPolicy): readonly Term[] {
  return PROVIDER_REASONS.flatMap((reason) =>
    feedback.filter(({ effect }) => effect.reason === reason).map((report) => termFrom(report, reason, policy)),
  );
}

function isSoft({ effect: { effect } }: WeighedFeedback): boolean {
  return effect === "count" || effect === "countHalf";
}

function isUndetermined({ item: { feedback } }: WeighedFeedback): boolean {
  return feedback.kind === "bounce" && feedback.bounceType === "Undetermined";
}

/** Where nothing suppresses, the first spelling stands; a delivery alone is no reason to keep a state. */
function firstSpelling({ acts, feedback }: Weighed): string | undefined {
  const [first] = [...acts, ...feedback.filter(({ item }) => item.shelf !== "delivery")].toSorted(byTime);
  return first?.item.spelling;
}
