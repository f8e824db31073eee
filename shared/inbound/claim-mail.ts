import { MailClaimedError, MailLogContentionError } from "../errors.ts";
import type { Clock, MailLog } from "../ports.ts";
import type { Receipt } from "../receipt/receipt.ts";
import {
  type Lease,
  type MailEntry,
  newEntry,
  type Work,
  withAnnouncement,
  withLease,
  withWork,
} from "./mail-entry.ts";
import type { MailRecord } from "./record.ts";

/** What a run of the use case needs besides the log: time, patience and a name of its own. */
export interface RunPorts {
  readonly mailLog: MailLog;
  readonly clock: Clock;
  /** @param milliseconds to wait */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** A new name for a run, different from all others and not to be guessed: the secret of a mail's marks is made of one, too. */
  readonly newRunId: () => string;
}

/** One run's hold on a mail. */
export interface Claim {
  readonly entry: MailEntry;
  readonly holder: string;
}

/** The record of a mail about which nothing is left to do. */
export interface Settled {
  readonly settled: MailRecord;
}

/** What is to be claimed. */
export interface Claiming {
  readonly key: string;
  /** What the announcement says; `null` when that is nothing, or the mail was found. */
  readonly receipt: Receipt | null;
  /** How long nobody else works on it: as long as the run can last. */
  readonly leaseMs: number;
  /** The invocation that the run belongs to, where a failed one comes again under the same name (Lambda's request id). */
  readonly request?: string | undefined;
  /** Whether a mail that is settled is to be worked on all the same. */
  readonly again?: (settled: MailEntry) => boolean;
}

/** Milliseconds before each new try to claim a mail that another run holds: most runs last less than all of these together. */
const WAITS = [100, 300, 800, 2000];

/** Each attempt that fails means that another run wrote, and of one mail there are few at once. */
const MAX_ATTEMPTS = 20;

/**
 * Claims a mail for one run, after having put down what its announcement adds: so it is not lost when another run holds the mail, which then
 * finds it before it ends.
 *
 * @returns the claim; or the record, when all is done already and nothing new was announced
 * @throws {MailClaimedError} when another run holds it longer than can be waited for
 * @throws {MailLogContentionError}
 */
export async function claimMail(claiming: Claiming, ports: RunPorts): Promise<Claim | Settled> {
  const holder = ports.newRunId();
  for (let turn = 0; ; turn++) {
    const tried = await tryToClaim(claiming, holder, ports);
    if (!("heldUntil" in tried)) return tried;
    const wait = WAITS[turn];
    if (wait === undefined) throw new MailClaimedError(tried.heldUntil);
    await ports.sleep(wait);
  }
}

async function tryToClaim(
  { key, receipt, leaseMs, request, again = () => false }: Claiming,
  holder: string,
  { mailLog, clock }: RunPorts,
): Promise<Claim | Settled | { readonly heldUntil: string }> {
  // Most mails are new: that it is one is found out by writing, which spares a reading.
  let held = newEntry(key);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const now = clock.now();
    // A writing whose answer was lost was done all the same.
    if (held.lease?.holder === holder) return { entry: held, holder };
    const known = withAnnouncement(held, receipt);
    if (known.settled && known.record !== null && !again(known)) return { settled: known.record };
    const heldUntil = heldBy(known.lease, request, now);
    if (heldUntil !== undefined && known === held) return { heldUntil };
    const next = heldUntil === undefined ? withLease(known, { holder, request, until: later(now, leaseMs) }) : known;
    const entry = { ...next, version: held.version + 1, changedAt: now };
    if (await mailLog.put(entry)) return heldUntil === undefined ? { entry, holder } : { heldUntil };
    held = (await mailLog.find(key)) ?? newEntry(key);
  }
  throw new MailLogContentionError(MAX_ATTEMPTS);
}

/** Until when another run holds the mail. */
function heldBy(lease: Lease | null, request: string | undefined, now: string): string | undefined {
  if (lease === null || lease.until <= now) return undefined;
  return request !== undefined && lease.request === request ? undefined : lease.until;
}

/**
 * Puts down what a run has done.
 *
 * @returns the entry as it now is; an entry that somebody took away meanwhile stays away
 * @throws {MailLogContentionError}
 */
export async function putDown(claim: Claim, work: Omit<Work, "holder">, ports: RunPorts): Promise<MailEntry> {
  let held: MailEntry | undefined = claim.entry;
  for (let attempt = 0; attempt < MAX_ATTEMPTS && held !== undefined; attempt++) {
    const next = withWork(held, { ...work, holder: claim.holder });
    if (next === held) return held;
    const entry = { ...next, version: held.version + 1, changedAt: ports.clock.now() };
    if (await ports.mailLog.put(entry)) return entry;
    held = await ports.mailLog.find(claim.entry.key);
  }
  if (held === undefined) return { ...claim.entry, lease: null };
  throw new MailLogContentionError(MAX_ATTEMPTS);
}

function later(time: string, milliseconds: number): string {
  return new Date(Date.parse(time) + milliseconds).toISOString();
}
