import type { Alert } from "../alerts/alert.ts";
import type { MailStore } from "../ports.ts";
import type { Arrival } from "../receipt/arrival.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { isDue } from "./act.ts";
import { claimMail } from "./claim-mail.ts";
import type { Evaluation } from "./decide.ts";
import { type DecidingPorts, decideOn, type KnownArrival, knowArrival } from "./decide-on-arrival.ts";
import { feedbackKey } from "./effect-key.ts";
import type { FoundArrival } from "./find-arrival.ts";
import { announcedKey } from "./log-key.ts";
import type { MailEntry } from "./mail-entry.ts";
import { readArrival } from "./read-arrival.ts";
import type { MailRecord } from "./record.ts";
import { type Decided, duplicate, type WorkPorts, withDone, withStatus, workOnMail } from "./work-on-mail.ts";

export interface LookPorts extends DecidingPorts {
  readonly store: MailStore;
}

/**
 * How a mail stands. `open`: no run came to its end with it; `more`: one did, and the rules call for something else by now; `settled`: nothing is
 * left to do.
 */
export type Standing = "open" | "more" | "settled";

/** What became of a stored mail of a deployment, or is to be done about it. */
export interface Replayed {
  readonly standing: Standing;
  /** Its actions are `planned`: missed until now, or failed; `done`: sent now; `skipped`: sent before. */
  readonly record: MailRecord;
  /** Those that the rules call for. */
  readonly alerts: readonly Alert[];
  /** Believed reports that were missed until now, or are recorded now. */
  readonly reports: number;
  readonly failure?: unknown;
}

/** As long as a run of process-mail. The mail is read before, so what is left to do takes moments. */
const LEASE_MS = 60_000;

const WHOLE = { isLastLook: false, headerOnly: false };

/**
 * Decides on a stored mail as process-mail would do now, on what was announced of it, and does nothing.
 *
 * @throws what the store throws
 */
export async function lookAtMail({ arrival, entry }: FoundArrival, ports: LookPorts): Promise<Replayed> {
  const { evaluation } = decideOn(await read(arrival, ports), entry?.receipt ?? null, ports);
  const { alerts } = evaluation;
  const before = new Set(entry?.done);
  if (entry?.settled && !callsForMore(evaluation, entry))
    return { standing: "settled", record: duplicate(evaluation.record), alerts, reports: 0 };
  const record = entry === undefined ? evaluation.record : withSkipped(withDone(evaluation.record, entry, []), before);
  const reports = believedKeys(evaluation).filter((key) => !before.has(key)).length;
  return { standing: entry?.settled ? "more" : "open", record, alerts, reports };
}

/**
 * Does for a stored mail what was missed: what the rules call for now and was never done. It takes the same claim as process-mail does, and marks
 * each effect in the same entry, so neither repeats the other, however many do it at once. Rejects only when the mail cannot be read or claimed.
 *
 * @throws {MailClaimedError} when another run works on the mail
 * @throws what store and mail log throw
 */
export async function sendWhatWasMissed(arrival: Arrival, ports: LookPorts & WorkPorts): Promise<Replayed> {
  const mail = await read(arrival, ports);
  const again = (entry: MailEntry) => callsForMore(decideOn(mail, entry.receipt, ports).evaluation, entry);
  const receipt = arrival.receipt ?? null;
  const claim = await claimMail({ key: announcedKey(arrival), receipt, leaseMs: LEASE_MS, again }, ports);
  if ("settled" in claim) return { standing: "settled", record: duplicate(claim.settled), alerts: [], reports: 0 };
  const { done, settled } = claim.entry;
  const before = new Set(done);
  const { record, failure, entry } = await workOnMail(claim, decideToSend, ports);
  const { evaluation } = decideOn(mail, entry.receipt, ports);
  const now = new Set(entry.done).difference(before);
  return {
    standing: settled ? "more" : "open",
    record: withSkipped(record, before),
    alerts: evaluation.alerts,
    reports: believedKeys(evaluation).filter((key) => now.has(key)).length,
    failure,
  };

  /**
   * What is sent is marked, and no more: that a mail is settled only process-mail says, which alone is known to go by the deployment's rules and to have its
   * secrets. So a report that is not believed here is left to it, too.
   */
  function decideToSend(announced: Receipt | null): Decided {
    const decided = decideOn(mail, announced, ports);
    const feedback = decided.evaluation.feedback.filter(({ trusted }) => trusted);
    return {
      ...decided,
      evaluation: { ...decided.evaluation, feedback },
      provisional: decided.provisional ?? !settled,
    };
  }
}

async function read(arrival: Arrival, ports: LookPorts): Promise<KnownArrival> {
  return knowArrival(await readArrival(arrival, ports.store, WHOLE), ports);
}

/**
 * Whether something is to be done about a mail that is settled. A report that is not believed now may have been then, by who knew the key of the
 * return paths; it has no consequences, so it is no reason.
 */
function callsForMore(evaluation: Evaluation, { done }: MailEntry): boolean {
  const feedback = evaluation.feedback.filter(({ trusted }) => trusted);
  return isDue({ ...evaluation, feedback }, new Set(done));
}

function believedKeys({ feedback }: Evaluation): readonly string[] {
  return feedback.filter(({ trusted }) => trusted).map(feedbackKey);
}

function withSkipped(record: MailRecord, before: ReadonlySet<string>): MailRecord {
  const actions = record.actions.map((action) => (before.has(action.id) ? withStatus(action, "skipped") : action));
  return { ...record, actions };
}
