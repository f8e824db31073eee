import { LeaseExpiredError, MailLogContentionError } from "../errors.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { act, type EffectPorts } from "./act.ts";
import { traceAlerts } from "./alert-trace.ts";
import { type Claim, putDown, type RunPorts } from "./claim-mail.ts";
import type { Evaluation } from "./decide.ts";
import { keptRecord } from "./kept-record.ts";
import type { MailEntry } from "./mail-entry.ts";
import type { MailRecord, RecordedAction } from "./record.ts";

export type WorkPorts = RunPorts & EffectPorts;

/** What came of the work on a mail. */
export interface Worked {
  /** True whatever failed: an action that is `done` happened, now or in an earlier run; one that is `planned` is still due. */
  readonly record: MailRecord;
  readonly failure?: unknown;
  /** As the log has it now, where it could be asked. */
  readonly entry: MailEntry;
}

/** A decision, and the receipt that it was taken on: `null` for a mail that was found, of which nothing is announced. */
export interface Decided {
  readonly evaluation: Evaluation;
  readonly receipt: Receipt | null;
  /** The round of its alerts; 1 unless alerts of ours led to the mail. */
  readonly alertRound?: number;
  /** It can be decided better another time: what was done is put down, and the mail is not settled. */
  readonly provisional?: boolean;
  /** The mail was looked for in vain, at this time. */
  readonly missedAt?: string | undefined;
  /** The run goes on with the mail after this. */
  readonly goesOn?: boolean;
}

/** Each round but the first has more recipients than the one before. */
const MAX_ROUNDS = 100;

/**
 * Does what a claimed mail calls for, and puts down what was done; again as long as more recipients are announced meanwhile.
 *
 * An effect counts as done after it happened, never before: a crash in between repeats it, where the other order would lose it.
 * Rejects only when `decide` throws.
 *
 * @param decide on what is announced of the mail by then
 */
export async function workOnMail(
  claim: Claim,
  decide: (announced: Receipt | null) => Decided,
  ports: WorkPorts,
): Promise<Worked> {
  let { entry } = claim;
  for (let round = 1; ; round++) {
    const decided = decide(entry.receipt);
    const { evaluation, receipt, alertRound = 1, missedAt, goesOn, provisional = goesOn } = decided;
    const { done, failures } = await act(evaluation, new Set(entry.done), ports, async (alerts) => {
      const marked = await traceAlerts(alerts, alertRound, ports);
      requireLease(claim, ports);
      return marked;
    });
    const record = withDone(evaluation.record, entry, done);
    const complete = failures.length === 0 && provisional !== true;
    try {
      const work = { done, record: keptRecord(record), receipt, complete, missedAt };
      entry = await putDown({ ...claim, entry }, { ...work, goesOn: goesOn && failures.length === 0 }, ports);
    } catch (error) {
      return { record, entry, failure: asOne([...failures, error]) };
    }
    if (failures.length > 0) return { record, entry, failure: asOne(failures) };
    if (goesOn || entry.lease?.holder !== claim.holder) return { record, entry };
    if (round === MAX_ROUNDS) return { record, entry, failure: new MailLogContentionError(MAX_ROUNDS) };
  }
}

/**
 * Gives a mail back that was claimed and could not be worked on, so that it need not be waited for.
 *
 * @param missedAt when it was looked for in vain
 */
export async function giveBack(claim: Claim, ports: RunPorts, missedAt?: string): Promise<void> {
  await putDown(claim, { done: [], receipt: null, complete: false, missedAt }, ports);
}

/** The record of a mail that was handled before. */
export function duplicate(record: MailRecord): MailRecord {
  return { ...record, outcome: "duplicate", actions: record.actions.map((action) => withStatus(action, "skipped")) };
}

/** Another run may act from then on. A clock that goes wrong by seconds is why leases are longer than runs. */
function requireLease({ entry: { lease } }: Claim, { clock }: RunPorts): void {
  if (lease !== null && lease.until <= clock.now()) throw new LeaseExpiredError(lease.until);
}

/** What was done before stays in the record when the rules have changed and call for something else: it is evidence. */
export function withDone(record: MailRecord, entry: MailEntry, now: readonly string[]): MailRecord {
  const done = new Set([...entry.done, ...now]);
  const ids = new Set(record.actions.map(({ id }) => id));
  const before = entry.record?.actions.filter(({ id, status }) => status === "done" && !ids.has(id)) ?? [];
  const actions = record.actions.map((action) => (done.has(action.id) ? withStatus(action, "done") : action));
  return { ...record, actions: [...before, ...actions] };
}

export function withStatus(action: RecordedAction, status: RecordedAction["status"]): RecordedAction {
  return { ...action, status };
}

function asOne(failures: readonly unknown[]): unknown {
  return failures.length === 1 ? failures[0] : new AggregateError(failures, `${failures.length} effects failed`);
}
