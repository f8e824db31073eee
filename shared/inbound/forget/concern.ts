import type { Mailbox } from "../../message/message.ts";
import { canonicalAddress } from "../../suppression/canonical-address.ts";
import type { MailEntry } from "../mail-entry.ts";

/**
 * Where a mail names a person, as far as its entry in the mail log tells.
 *
 * - `sender`: of the envelope, or in From
 * - `recipient`: of the envelope, or in To
 * - `reported`: the mail is a report about a mail that was sent to them
 * - `text`: anywhere else, such as in the words that a rule matched
 */
export type Role = "sender" | "recipient" | "reported" | "text";

/** How a mail concerns a person. */
export interface Concern {
  readonly roles: readonly Role[];
  /** Whether it is theirs: they sent it, are its only recipient, or are the only one that it reports about. */
  readonly isTheirs: boolean;
}

/**
 * How the mail of an entry concerns a person; `undefined` where it does not.
 *
 * @param address canonical
 */
export function concernOf(entry: MailEntry, address: string): Concern | undefined {
  const isPerson = (written: string) => canonicalAddress(written) === address;
  const named = partiesOf(entry).filter(({ owners, others }) => [...owners, others].flat().some(isPerson));
  if (named.length > 0) {
    const isTheirs = named.some(({ owners }) => owners.some((list) => list.length > 0 && list.every(isPerson)));
    return { roles: named.map(({ role }) => role), isTheirs };
  }
  return mentions(entry, address) ? { roles: ["text"], isTheirs: false } : undefined;
}

interface Party {
  readonly role: Role;
  /** The mail is theirs who are all of one of these. */
  readonly owners: readonly (readonly string[])[];
  /** Who is named as well. */
  readonly others: readonly string[];
}

/** A report comes from a mail system to a mailbox of ours: it is theirs whom it is about. */
function partiesOf({ receipt, record }: MailEntry): readonly Party[] {
  const envelopes = [receipt?.envelope, record?.envelope].filter((envelope) => envelope !== undefined);
  const senders = envelopes.map(({ mailFrom }) => mailFrom).filter((address) => address !== "");
  const recipients = envelopes.flatMap((envelope) => envelope.recipients);
  const { message, feedback } = record ?? NOTHING_READ;
  const to = addresses(message.to);
  return [
    { role: "sender", owners: [senders, addresses(message.from)], others: [] },
    // Nobody else got it, whatever its To says; where no server wrote down who did, its To is all there is.
    { role: "recipient", owners: [recipients.length > 0 ? recipients : to], others: to },
    { role: "reported", owners: [feedback.map(({ recipient }) => recipient)], others: [] },
  ];
}

const NOTHING_READ = { message: { from: [], to: [] }, feedback: [] };

function addresses(mailboxes: readonly Mailbox[]): readonly string[] {
  return mailboxes.map(({ address }) => address);
}

/** What an address may have before or after it in a text and still be this address. */
const BEFORE = /[^\p{L}\p{N}._%+-]/u;
const AFTER = /^(?:[^\p{L}\p{N}._-]|[._-]+(?:[^\p{L}\p{N}._-]|$))/u;

/** Characters after an address that are looked at. */
const LOOKED_AT = 8;

/** Whether the address stands anywhere in what is kept, as it is usually written. */
function mentions(entry: MailEntry, address: string): boolean {
  const kept = JSON.stringify(entry).toLowerCase();
  const written = JSON.stringify(address).slice(1, -1);
  for (let at = kept.indexOf(written); at !== -1; at = kept.indexOf(written, at + 1)) {
    const end = at + written.length;
    if (BEFORE.test(kept.charAt(at - 1)) && AFTER.test(kept.slice(end, end + LOOKED_AT))) return true;
  }
  return false;
}
