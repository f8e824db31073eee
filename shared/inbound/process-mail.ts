import { MailClaimedError } from "../errors.ts";
import type { Log, MailStore } from "../ports.ts";
import type { Arrival } from "../receipt/arrival.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { type Claim, claimMail } from "./claim-mail.ts";
import { type DecidingPorts, decideOn, type KnownArrival, knowArrival } from "./decide-on-arrival.ts";
import { announcedKey } from "./log-key.ts";
import type { MailEntry } from "./mail-entry.ts";
import { readArrival } from "./read-arrival.ts";
import type { MailRecord } from "./record.ts";
import { unreadableMail } from "./unreadable-mail.ts";
import { duplicate, giveBack, type WorkPorts, workOnMail } from "./work-on-mail.ts";
import { logMail, type WorkedMail, workedMail } from "./worked-mail.ts";

export interface ProcessMailPorts extends WorkPorts, DecidingPorts {
  readonly store: MailStore;
  readonly log: Log;
  /** Is told what came of each mail. */
  readonly onWorked?: ((worked: WorkedMail) => void) | undefined;
}

/** What is known of the run that a mail is processed in. */
export interface Run {
  /** How long it can last, in milliseconds: for so long nobody else takes the mail. */
  readonly leaseMs?: number;
  /** Its invocation, by a name under which it comes again when it has failed (Lambda's request id). */
  readonly request?: string | undefined;
}

/** Where nothing says how long a run may last. */
const LEASE_MS = 60_000;

/**
 * How often a mail is looked for which is not in the store, or may not be read, and for how long at least (milliseconds). Lambda tries an event
 * three times, over three minutes: what is late comes by then. Announcements that come at once are looks, too, so the number alone says little.
 */
const LOOKS = { count: 3, lasting: 60_000 };

/** After so many runs that died over a mail, in a row, the next one first records its header, and tells the operator. */
const MAX_DEATHS = 2;

/**
 * The inbound story: claim the mail, open and read it, decide, take in what it reports, publish, record.
 *
 * The returned use case takes one announcement of a mail. Each effect happens once, however often and in whatever way the mail is announced, one
 * after the other or at once; an announcement that names further recipients makes happen what is called for on their account.
 *
 * It rejects when the store, the topic or the mail log fails, or another run holds the mail, and is then to be called again with the same
 * arrival. A mail that cannot be read is no failure: it has its record, and the operator is told.
 */
export function createProcessMail(ports: ProcessMailPorts): (arrival: Arrival, run?: Run) => Promise<MailRecord> {
  return async (arrival, { leaseMs = LEASE_MS, request } = {}) => {
    if (arrival.content !== undefined) await ports.store.put(arrival.storageKey, arrival.content);
    const receipt = arrival.receipt ?? null;
    const claim = await claimMail({ key: announcedKey(arrival), receipt, leaseMs, request }, ports);
    const worked: WorkedMail =
      "settled" in claim ? { record: duplicate(claim.settled), published: [] } : await work(arrival, claim, ports);
    const { record, failure } = worked;
    if (failure === undefined) logMail(record, ports.log);
    ports.onWorked?.(worked);
    if (failure !== undefined) throw failure;
    return record;
  };
}

async function work(arrival: Arrival, claim: Claim, ports: ProcessMailPorts): Promise<WorkedMail> {
  const survivor = claim.entry.deaths < MAX_DEATHS ? claim : await recordHeader(arrival, claim, ports);
  const read = await readOrGiveBack(arrival, survivor, ports, false);
  return workedMail(claim, await workOnMail(survivor, (announced) => decideOn(read, announced, ports), ports));
}

/** What kills a run may kill this one, too, and be the last try: so there is a record before, of what can be read without danger. */
async function recordHeader(arrival: Arrival, claim: Claim, ports: ProcessMailPorts): Promise<Claim> {
  const read = await readOrGiveBack(arrival, claim, ports, true);
  const decideOnHeader = (announced: Receipt | null) => ({ ...decideOn(read, announced, ports), goesOn: true });
  const { entry, failure } = await workOnMail(claim, decideOnHeader, ports);
  if (failure !== undefined) throw failure;
  if (entry.lease?.holder !== claim.holder) throw new MailClaimedError(entry.lease?.until);
  return { ...claim, entry };
}

async function readOrGiveBack(
  arrival: Arrival,
  claim: Claim,
  ports: ProcessMailPorts,
  headerOnly: boolean,
): Promise<KnownArrival> {
  const now = ports.clock.now();
  try {
    const read = await readArrival(arrival, ports.store, { isLastLook: isLastLook(claim.entry, now), headerOnly });
    return await knowArrival(read, ports);
  } catch (error) {
    // Where this fails too the lease ends by itself, and what is to be told is why the mail was not read.
    const missedAt = unreadableMail(error) === undefined ? undefined : now;
    await giveBack(claim, ports, missedAt).catch(() => {});
    throw error;
  }
}

/** A mail that was read before is never given up: what its record says is more than could be said now. */
function isLastLook({ looks, record }: MailEntry, now: string): boolean {
  if (looks === null || (record !== null && record.rulesVersion !== null)) return false;
  return looks.count + 1 >= LOOKS.count && Date.parse(now) - Date.parse(looks.since) >= LOOKS.lasting;
}
