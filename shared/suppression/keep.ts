import { daysAfter, toIso } from "./days.ts";
import type { Effect } from "./effect.ts";
import { effectiveTime } from "./effective-time.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { maxSilence } from "./soft-terms.ts";
import type { EvidenceItem, Shelf } from "./suppression.ts";

/** Days that evidence is kept for people to look at, though nothing follows from it. */
const LOOK_BACK = 30;

/** The same for what has to be looked into, and for what SES's lists and deliveries say. */
const LONG_LOOK_BACK = 180;

/**
 * When evidence may be deleted: no sooner than it can have its last effect under the policy, and not before people could look at it.
 *
 * @returns ISO 8601 in UTC; `null` for never
 */
export function keepUntil(
  filed: Pick<EvidenceItem, "shelf" | "at" | "recordedAt">,
  effect: Effect,
  policy: SuppressionPolicy,
): string | null {
  const lookBack = daysAfter(
    Date.parse(filed.recordedAt),
    effect.told === "unknownSubtype" ? LONG_LOOK_BACK : LOOK_BACK,
  );
  return toIso(Math.max(lookBack, lastEffect(filed.shelf, effectiveTime(filed), effect, policy)));
}

function lastEffect(shelf: Shelf, time: number, { reason }: Effect, policy: SuppressionPolicy): number {
  if (shelf === "provider" && reason !== undefined)
    return Math.max(daysAfter(time, LONG_LOOK_BACK), daysAfter(time, policy.expiryDays[reason]));
  switch (shelf) {
    case "soft":
      return softEnd(time, policy);
    case "delivery":
      // For as long as the bounces that it voids.
      return Math.max(daysAfter(time, LONG_LOOK_BACK), softEnd(time, policy));
    case "told":
    case "untrusted":
      return time;
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/**
 * A soft bounce can be the first of its window, and the last one suppresses. Of a full mailbox it can be the first bounce: the next may come after the
 * longest silence, and until one is far enough from that next one, it takes this one to suppress.
 */
function softEnd(time: number, policy: SuppressionPolicy): number {
  const { repeatedBounces, mailboxFullDays, expiryDays } = policy;
  return Math.max(
    daysAfter(daysAfter(time, repeatedBounces.days), expiryDays.repeatedBounces),
    daysAfter(daysAfter(time, maxSilence(policy) + mailboxFullDays), expiryDays.mailboxFull),
  );
}
