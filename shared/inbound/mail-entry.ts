import type { Receipt } from "../receipt/receipt.ts";
import { saysTheSame, uniteReceipts } from "../receipt/unite-receipts.ts";
import type { MailRecord } from "./record.ts";

/**
 * What the mail log holds of one mail: who works on it, what has been done, and its record.
 *
 * It is one value that is only ever replaced as a whole, on the condition that nobody else replaced it in between. So every
 * step of the work is one conditional writing of one item, whatever the log is kept in.
 */
export interface MailEntry {
  /** The mail's name in the log; see `log-key.ts`. */
  readonly key: string;
  /** Counts the writings, from 1. */
  readonly version: number;
  /** What was announced of the mail, united over all announcements; `null` as long as nothing but its key is known. */
  readonly receipt: Receipt | null;
  /** Who works on the mail, and until when nobody else does; `null` when nobody is. */
  readonly lease: Lease | null;
  /** How many runs died over the mail, one after the other: each left its lease behind. */
  readonly deaths: number;
  /** How often the mail was looked for in the store in vain, and since when (ISO 8601); `null` when it was found. */
  readonly looks: { readonly count: number; readonly since: string } | null;
  /** Keys of the effects that happened, each marked after it did. */
  readonly done: readonly string[];
  /** As of the last work on it; `null` before any came so far. */
  readonly record: MailRecord | null;
  /** Whether the record covers all that was announced, and all that it calls for is done. */
  readonly settled: boolean;
  /** Only in the entry of an alert that we published: how many alerts of ours in a row led to it, itself included; see `alert-trace.ts`. */
  readonly round?: number;
  /** Only in the entry in which the log keeps what marks are made with; random. */
  readonly secret?: string | undefined;
  /** ISO 8601 in UTC with milliseconds: the last writing. */
  readonly changedAt: string;
}

export interface Lease {
  /** Names one run of the use case; random. */
  readonly holder: string;
  /** Names the invocation that the run belongs to. The same one again means that this run has ended: Lambda tries an event again after it has failed. */
  readonly request?: string | undefined;
  /** ISO 8601 in UTC with milliseconds. */
  readonly until: string;
}

/** What a run has done about a mail. */
export interface Work {
  readonly holder: string;
  /** Keys of effects that happened. */
  readonly done: readonly string[];
  /** `undefined`: it came to none. */
  readonly record?: MailRecord | undefined;
  /** What the record was decided on; `null` for a mail that was found. */
  readonly receipt: Receipt | null;
  /** Whether everything that the record calls for is done. */
  readonly complete: boolean;
  /** ISO 8601: the mail was looked for in vain, at this time. */
  readonly missedAt?: string | undefined;
  /** The run keeps the mail and goes on; it may die over it yet. */
  readonly goesOn?: boolean | undefined;
}

/** The entry of a mail of which nothing is known yet; version 0 was never written. */
export function newEntry(key: string): MailEntry {
  return {
    key,
    version: 0,
    receipt: null,
    lease: null,
    deaths: 0,
    looks: null,
    done: [],
    record: null,
    settled: false,
    changedAt: "",
  };
}

/** The entry after an announcement: itself when that says nothing new. What is new is to be worked on. */
export function withAnnouncement(entry: MailEntry, receipt: Receipt | null): MailEntry {
  if (receipt === null) return entry;
  const united = entry.receipt === null ? receipt : uniteReceipts(entry.receipt, receipt);
  if (entry.receipt !== null && saysTheSame(united, entry.receipt)) return entry;
  return { ...entry, receipt: united, settled: false };
}

/** The entry as a run holds it that claims the mail. Whoever held it until then is dead. */
export function withLease(entry: MailEntry, lease: Lease): MailEntry {
  return { ...entry, lease, deaths: entry.lease === null ? entry.deaths : entry.deaths + 1 };
}

/**
 * The entry after work: itself when it has it all.
 *
 * What happened is marked whoever holds the lease now. All else is the holder's: a run that outlived its lease has been taken over, and the
 * other's record counts. When more was announced meanwhile, a run that has done its part keeps the lease and goes on.
 */
export function withWork(entry: MailEntry, work: Work): MailEntry {
  const done = [...new Set([...entry.done, ...work.done])];
  if (entry.lease?.holder !== work.holder) return done.length === entry.done.length ? entry : { ...entry, done };
  const { receipt } = work.receipt === null ? entry : withAnnouncement(entry, work.receipt);
  const covered = receipt === null || (work.receipt !== null && saysTheSame(receipt, work.receipt));
  const settled = work.complete && covered;
  const isKept = work.goesOn === true || (work.complete && !covered);
  return {
    ...entry,
    receipt,
    done,
    record: work.record ?? entry.record,
    lease: isKept ? entry.lease : null,
    deaths: work.goesOn ? entry.deaths : 0,
    looks: looksAfter(entry, work),
    settled,
  };
}

function looksAfter({ looks }: MailEntry, { missedAt, record }: Work): MailEntry["looks"] {
  if (missedAt === undefined) return record === undefined ? looks : null;
  return { count: (looks?.count ?? 0) + 1, since: looks?.since ?? missedAt };
}
