import type { AccountReason } from "../ports.ts";
import type { ListedAddress } from "./account-list.ts";
import { SUPPRESSION_REASONS, type Suppression, type SuppressionReason } from "./suppression.ts";

/** What our table says of one address. */
export interface KnownAddress {
  readonly address: string;
  readonly state: Suppression | undefined;
  /** Whether it may not be written to now. */
  readonly isInForce: boolean;
  /** When a person lifted its suppression the last time. ISO 8601 in UTC with milliseconds. */
  readonly liftedAt: string | null;
}

/** What SES's list would have to change, or our table, so that they agree about one address; and why, in words. */
export type SyncStep =
  | {
      readonly do: "import";
      readonly address: string;
      readonly spelling: string;
      readonly reason: SuppressionReason;
      readonly since: string;
      readonly why: string;
    }
  | { readonly do: "lift"; readonly address: string; readonly why: string }
  | {
      readonly do: "put";
      readonly address: string;
      readonly spelling: string;
      readonly reason: AccountReason;
      readonly why: string;
    }
  | { readonly do: "remove"; readonly address: string; readonly spellings: readonly string[]; readonly why: string }
  /** They differ, and it is for a person to say who is right. */
  | { readonly do: "leave"; readonly address: string; readonly why: string };

/** SES's words are ours in capital letters. */
const OURS: Readonly<Record<AccountReason, SuppressionReason>> = { BOUNCE: "bounce", COMPLAINT: "complaint" };

/**
 * What our table takes over of SES's list: whatever suppresses more than what is known here. Nothing is taken back that a person lifted after SES
 * listed it.
 *
 * What the table knows from SES's list alone is lifted once that has it no more; with `prune` also bounces and complaints that it does not list.
 *
 * @returns `undefined` where there is nothing to do
 */
export function planFromSes(
  { address, state, isInForce, liftedAt }: KnownAddress,
  listed: ListedAddress | undefined,
  { prune }: { readonly prune: boolean },
): SyncStep | undefined {
  if (listed === undefined) {
    if (!isInForce || state === undefined) return undefined;
    if (state.reason === "accountList")
      return { do: "lift", address, why: "it is suppressed because of SES's list, which does not have it any more" };
    const isTheirs = state.reason === "bounce" || state.reason === "complaint";
    return prune && isTheirs ? { do: "lift", address, why: "SES's list does not have it" } : undefined;
  }
  const { reason, since, spellings } = listed;
  if (isInForce && state !== undefined && coversListed(state, OURS[reason])) return undefined;
  // Also where it is suppressed again since, for something that ends: SES's entry is older than what the person knew.
  if (liftedAt !== null && liftedAt >= since)
    return {
      do: "leave",
      address,
      why: `a person lifted it here after SES listed it; sync --to ses takes it off SES's list`,
    };
  const known = !isInForce
    ? ""
    : state?.reason === OURS[reason]
      ? ", without an end"
      : `, which is more than ${state?.reason}`;
  return {
    do: "import",
    address,
    spelling: spellings[0] ?? address,
    reason: OURS[reason],
    since,
    why: `SES's list has it as ${reason}${known}`,
  };
}

/** What comes from SES's list is what it says there, as far as we were told. */
function coversListed({ reason, expiresAt }: Suppression, listed: SuppressionReason): boolean {
  if (reason === null || expiresAt !== null) return false;
  return reason === "accountList" || SUPPRESSION_REASONS.indexOf(reason) <= SUPPRESSION_REASONS.indexOf(listed);
}

/** What else is put on SES's list, and what is taken off it. */
export interface ToSesOptions {
  /** Also what persons added. */
  readonly includeManual: boolean;
  /** Also what ends here, and soft bounces; SES's entries end never. */
  readonly includeExpiring: boolean;
  /** Also take off what our table does not suppress, whatever the reason for it may be. */
  readonly prune: boolean;
}

/**
 * What SES's list takes over of our table: hard bounces and complaints, which are what it is made for. COMPLAINT comes in place of BOUNCE, never the
 * other way. What a person lifted here after SES listed it is taken off, in every spelling.
 *
 * @returns `undefined` where there is nothing to do
 */
export function planToSes(
  { address, state, isInForce, liftedAt }: KnownAddress,
  listed: ListedAddress | undefined,
  options: ToSesOptions,
): SyncStep | undefined {
  const reason = isInForce ? accountReason(state, options) : undefined;
  if (listed === undefined) {
    if (reason === undefined) return undefined;
    return { do: "put", address, spelling: address, reason, why: `it is suppressed here: ${state?.reason}` };
  }
  const { spellings } = listed;
  if (reason === "COMPLAINT" && listed.reason === "BOUNCE")
    return { do: "put", address, spelling: spellings[0] ?? address, reason, why: "SES's list has it as BOUNCE" };
  if (isInForce) return undefined;
  if (liftedAt !== null && liftedAt >= listed.since)
    return { do: "remove", address, spellings, why: "a person lifted it here after SES listed it" };
  if (options.prune) return { do: "remove", address, spellings, why: "it is not suppressed here" };
  if (liftedAt === null) return undefined;
  return {
    do: "leave",
    address,
    why: "SES listed it again after a person lifted it here; sync --from ses takes it over",
  };
}

/** Other reasons are not SES's: lists of its own, and what is no proof that the mailbox is gone. */
function accountReason(
  state: Suppression | undefined,
  { includeManual, includeExpiring }: ToSesOptions,
): AccountReason | undefined {
  if (state === undefined || (state.expiresAt !== null && !includeExpiring)) return undefined;
  switch (state.reason) {
    case "complaint":
      return "COMPLAINT";
    case "bounce":
      return "BOUNCE";
    case "manual":
      return includeManual ? "BOUNCE" : undefined;
    case "repeatedBounces":
    case "mailboxFull":
      return includeExpiring ? "BOUNCE" : undefined;
    default:
      return undefined;
  }
}
