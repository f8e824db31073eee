import { type KnownAlerts, roundsBefore } from "../alerts/loop-mark.ts";
import { mapAtOnce } from "../at-once.ts";
import type { MailLog } from "../ports.ts";
import type { RunPorts } from "./claim-mail.ts";
import { type MailEntry, newEntry } from "./mail-entry.ts";

// The mail log knows every alert that we published: by that a mark in a mail that comes back is told from a forged one.

/** No key of a mail begins so and has 32 hex digits behind it; see `log-key.ts`. */
const PREFIX = "alert/";

/** Requests to the mail log that are under way together. */
const AT_ONCE = 10;

/** Whether an entry of the mail log is of an alert rather than of a mail. Nothing in it is of a person. */
export function isAlertTrace({ key, round }: MailEntry): boolean {
  return key.startsWith(PREFIX) && round !== undefined;
}

/** The round of what we publish about a mail: 1 when no alert of ours led to it. */
export function nextRound(known: KnownAlerts): number {
  return roundsBefore(known) + 1;
}

/** Puts down alerts right before they are published; what is put down already stays as it is. */
export async function traceAlerts(
  ids: readonly string[],
  round: number,
  { mailLog, clock }: Pick<RunPorts, "mailLog" | "clock">,
): Promise<void> {
  const changedAt = clock.now();
  await mapAtOnce(ids, AT_ONCE, (id) =>
    mailLog.put({ ...newEntry(PREFIX + id), version: 1, settled: true, round, changedAt }),
  );
}

/**
 * Which of these alerts are ours.
 *
 * @param ids of the marks that a mail bears: 16 at most
 */
export async function findKnownAlerts(ids: readonly string[], mailLog: MailLog): Promise<KnownAlerts> {
  const entries = await mapAtOnce(ids, AT_ONCE, async (id) => [id, await mailLog.find(PREFIX + id)] as const);
  return new Map(entries.flatMap(([id, entry]) => (entry?.round === undefined ? [] : [[id, entry.round] as const])));
}
