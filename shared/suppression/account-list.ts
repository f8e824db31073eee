import type { AccountEntry, AccountReason } from "../ports.ts";
import { canonicalAddress } from "./canonical-address.ts";

/** What SES's account suppression list says of one address, in all the spellings that it has there. */
export interface ListedAddress {
  /** Canonical. */
  readonly address: string;
  /** SES's own: its API tells addresses apart by their case, sending does not (SES fact 3.3). Never empty. */
  readonly spellings: readonly string[];
  /** COMPLAINT where one of them says so. */
  readonly reason: AccountReason;
  /** Of the newest: ISO 8601 in UTC with milliseconds. */
  readonly since: string;
}

/** SES's list by address. */
export interface AccountList {
  readonly listed: ReadonlyMap<string, ListedAddress>;
  /** What SES lists and we do not take for an address. */
  readonly unreadable: readonly string[];
}

/** Several spellings of one address are one address. */
export async function readAccountList(entries: AsyncIterable<AccountEntry>): Promise<AccountList> {
  const listed = new Map<string, ListedAddress>();
  const unreadable: string[] = [];
  for await (const entry of entries) {
    const address = canonicalAddress(entry.address);
    if (address === undefined) unreadable.push(entry.address);
    else listed.set(address, joined(listed.get(address), address, entry));
  }
  return { listed, unreadable };
}

function joined(known: ListedAddress | undefined, address: string, entry: AccountEntry): ListedAddress {
  const { reason, since } = entry;
  if (known === undefined) return { address, spellings: [entry.address], reason, since };
  return {
    address,
    spellings: [...known.spellings, entry.address],
    reason: known.reason === "COMPLAINT" ? "COMPLAINT" : reason,
    since: known.since > since ? known.since : since,
  };
}
