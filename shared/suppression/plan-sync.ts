import type { AccountEntry, AccountReason } from "../ports.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { isInForce } from "./in-force.ts";
import type { Suppression } from "./suppression.ts";

/** One thing to do so that two lists agree. */
export type SyncStep = {
  readonly address: string;
  /** For a person. */
  readonly why: string;
} & (
  | { readonly do: "import"; readonly reason: "bounce" | "complaint"; readonly since: string }
  | { readonly do: "lift" }
  | { readonly do: "put"; readonly reason: AccountReason }
  /** With SES's own spelling: its API tells addresses apart by their case, sending does not (SES fact 3.3). */
  | { readonly do: "remove"; readonly spelling: string }
);

export interface SyncSource {
  /** What our table holds, states that suppress nothing included, by canonical address. */
  readonly ours: ReadonlyMap<string, Suppression>;
  /** SES's account suppression list. */
  readonly theirs: readonly AccountEntry[];
  /** ISO 8601 in UTC with milliseconds. */
  readonly now: string;
}

/**
 * What to do here so that this table has what SES's list has. Nothing is taken back that a person lifted here; what SES's list brought here and
 * does not hold any more is lifted.
 */
export function planFromSes({ ours, theirs, now }: SyncSource): readonly SyncStep[] {
  const listed = byAddress(theirs);
  const imports = [...listed].flatMap(([address, entries]): SyncStep[] => {
    const entry = entries.find(({ reason }) => reason === "COMPLAINT") ?? entries[0];
    const own = ours.get(address);
    if (entry === undefined || own?.probation) return [];
    const reason = entry.reason === "COMPLAINT" ? "complaint" : "bounce";
    const isNews = !isInForce(own, now) || (reason === "complaint" && own?.reason !== "complaint");
    if (!isNews) return [];
    return [{ do: "import", address, reason, since: entry.since, why: `on SES's list as ${entry.reason}` }];
  });
  const lifts = [...ours.values()].flatMap(({ address, reason }): SyncStep[] =>
    reason === "accountList" && !listed.has(address)
      ? [{ do: "lift", address, why: "suppressed by SES's list, which does not hold it any more" }]
      : [],
  );
  return [...imports, ...lifts];
}

/** What may be put on SES's list, besides hard bounces and complaints, and whether what is unknown here may be taken off it. */
export interface ToSesOptions {
  readonly includeManual: boolean;
  readonly prune: boolean;
}

/**
 * What to do at SES so that its list has what this table holds for good: SES has two reasons and no expiry. What a person lifted here is removed
 * there, in every spelling.
 */
export function planToSes({ ours, theirs, now }: SyncSource, options: ToSesOptions): readonly SyncStep[] {
  const listed = byAddress(theirs);
  const puts = [...ours.values()].flatMap((own): SyncStep[] => {
    const reason = isInForce(own, now) ? accountReason(own, options) : undefined;
    const entries = listed.get(own.address) ?? [];
    if (reason === undefined || entries.some((entry) => entry.reason === reason || entry.reason === "COMPLAINT"))
      return [];
    const why = entries.length > 0 ? "on SES's list as BOUNCE, and complained since" : `suppressed here: ${own.reason}`;
    return [{ do: "put", address: own.address, reason, why }];
  });
  const removals = [...listed].flatMap(([address, entries]): SyncStep[] => {
    const own = ours.get(address);
    const why = own?.probation ? "lifted here" : own === undefined && options.prune ? "not known here" : undefined;
    if (why === undefined) return [];
    return entries.map(({ address: spelling }) => ({ do: "remove", address, spelling, why }));
  });
  return [...puts, ...removals];
}

function accountReason({ reason, expiresAt }: Suppression, { includeManual }: ToSesOptions): AccountReason | undefined {
  if (expiresAt !== null) return undefined;
  if (reason === "complaint") return "COMPLAINT";
  return reason === "bounce" || (reason === "manual" && includeManual) ? "BOUNCE" : undefined;
}

/** Several spellings of one address are one address. */
function byAddress(entries: readonly AccountEntry[]): ReadonlyMap<string, readonly AccountEntry[]> {
  const listed = new Map<string, AccountEntry[]>();
  for (const entry of entries) {
    const address = canonicalAddress(entry.address) ?? entry.address;
    listed.set(address, [...(listed.get(address) ?? []), entry]);
  }
  return listed;
}
