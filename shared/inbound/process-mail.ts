import type { TrustPolicy } from "../feedback/trust-policy.ts";
import type { Log, MailStore } from "../ports.ts";
import type { Arrival } from "../receipt/arrival.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { type Claim, claimMail } from "./claim-mail.ts";
import { decide } from "./decide.ts";
import { announcedKey } from "./log-key.ts";
import { type ReadArrival, readArrival } from "./read-arrival.ts";
import type { MailRecord } from "./record.ts";
import { evaluateUnreadable } from "./unreadable-mail.ts";
import { type Decided, duplicate, giveBack, type WorkPorts, workOnMail } from "./work-on-mail.ts";

export interface ProcessMailPorts extends WorkPorts {
  readonly store: MailStore;
  readonly log: Log;
  readonly rules: CompiledRules;
  /** Whose reports about our mails are believed. */
  readonly trust: TrustPolicy;
}

/** Where nothing says how long a run may last. */
const LEASE_MS = 60_000;

/**
 * Times that a mail is looked for which is not in the store, or may not be read. Lambda itself tries an event three times, over minutes: what
 * is late comes by then.
 */
const MAX_LOOKS = 3;

/**
 * The inbound story: claim the mail, open and read it, decide, take in what it reports, publish, record.
 *
 * The returned use case takes one announcement of a mail. Each effect happens once, however often and in whatever way the mail is announced, one
 * after the other or at once; an announcement that names further recipients makes happen what is called for on their account.
 *
 * It rejects when the store, the topic or the mail log fails, or another run holds the mail, and is then to be called again with the same
 * arrival. A mail that cannot be read is no failure: it has its record, and the operator is told.
 */
export function createProcessMail(
  ports: ProcessMailPorts,
): (arrival: Arrival, leaseMs?: number) => Promise<MailRecord> {
  return async (arrival, leaseMs = LEASE_MS) => {
    if (arrival.content !== undefined) await ports.store.put(arrival.storageKey, arrival.content);
    const key = announcedKey(arrival.sesMessageId);
    const claim = await claimMail({ key, receipt: arrival.receipt ?? null, leaseMs }, ports);
    const record = "settled" in claim ? duplicate(claim.settled) : await work(arrival, claim, ports);
    tell(record, ports.log);
    return record;
  };
}

async function work(arrival: Arrival, claim: Claim, ports: ProcessMailPorts): Promise<MailRecord> {
  const read = await readOrGiveBack(arrival, claim, ports);
  const { record, failure } = await workOnMail(claim, (announced) => decideOn(read, announced, ports), ports);
  if (failure !== undefined) throw failure;
  return record;
}

async function readOrGiveBack(arrival: Arrival, claim: Claim, ports: ProcessMailPorts): Promise<ReadArrival> {
  try {
    return await readArrival(arrival, ports.store, claim.entry.attempts >= MAX_LOOKS);
  } catch (error) {
    // Where this fails too the lease ends by itself, and what is to be told is why the mail was not read.
    await giveBack(claim, ports).catch(() => {});
    throw error;
  }
}

function decideOn(read: ReadArrival, announced: Receipt | null, { rules, trust }: ProcessMailPorts): Decided {
  const receipt = announced ?? read.receipt;
  if (read.unreadable !== undefined)
    return { evaluation: evaluateUnreadable(receipt, read.unreadable), receipt, provisional: true };
  return { evaluation: decide({ message: read.message, receipt }, rules, trust), receipt };
}

function tell(record: MailRecord, log: Log): void {
  log.info("mail processed", {
    sesMessageId: record.sesMessageId,
    outcome: record.outcome,
    why: record.why,
    size: record.size,
    rules: record.matches.map(({ rule }) => rule),
    reports: record.feedback.map(({ kind, trusted }) => (trusted ? kind : `${kind}, not believed`)),
    problems: record.problems.map(({ code }) => code),
  });
}
