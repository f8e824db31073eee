import { createHmac } from "node:crypto";
import type { Alert } from "../alerts/alert.ts";
import { type KnownAlerts, roundsBefore } from "../alerts/loop-mark.ts";
import { mapAtOnce } from "../at-once.ts";
import type { MailLog } from "../ports.ts";
import type { RunPorts } from "./claim-mail.ts";
import { type MailEntry, newEntry } from "./mail-entry.ts";

// The mail log knows every alert that we published: by that a mark in a mail that comes back is told from a forged one. The mark is not the alert's
// id, which follows from SES's id of the mail and the name of the rule: a sender may know both.

/** No key of a mail begins so and has 32 hex digits behind it; see `log-key.ts`. */
const PREFIX = "alert/";
/** Where the log keeps the secret that marks are made with. No id of SES has a slash. */
const SECRET = "secret/marks";

/** Requests to the mail log that are under way together. */
const AT_ONCE = 10;

/** Whether an entry of the mail log is of an alert, or of the log itself, rather than of a mail. Nothing in it is of a person. */
export function isOfNoMail({ key, round }: MailEntry): boolean {
  return key === SECRET || (key.startsWith(PREFIX) && round !== undefined);
}

/** The round of what we publish about a mail: 1 when no alert of ours led to it. */
export function nextRound(known: KnownAlerts): number {
  return roundsBefore(known) + 1;
}

type TracePorts = Pick<RunPorts, "mailLog" | "clock" | "newRunId">;

/**
 * Marks alerts and puts down their marks, right before they are published. The same alert has the same mark each time; what is put down already
 * stays as it is.
 *
 * @returns the alerts with their marks
 */
export async function traceAlerts(
  alerts: readonly Alert[],
  round: number,
  ports: TracePorts,
): Promise<readonly Alert[]> {
  const secret = await secretOf(ports);
  const changedAt = ports.clock.now();
  return mapAtOnce(alerts, AT_ONCE, async (alert) => {
    const mark = createHmac("sha256", secret).update(alert.id).digest("hex").slice(0, 32);
    await ports.mailLog.put({ ...newEntry(PREFIX + mark), version: 1, settled: true, round, changedAt });
    return { ...alert, mark };
  });
}

/** It is never changed, and so asked for once. */
const secrets = new WeakMap<MailLog, string>();

async function secretOf({ mailLog, clock, newRunId }: TracePorts): Promise<string> {
  const known = secrets.get(mailLog);
  if (known !== undefined) return known;
  const secret = (await mailLog.find(SECRET))?.secret ?? (await keepSecret(newRunId(), { mailLog, clock }));
  secrets.set(mailLog, secret);
  return secret;
}

/** @returns the secret that is kept: the offered one, unless another run was quicker */
async function keepSecret(offered: string, { mailLog, clock }: Pick<TracePorts, "mailLog" | "clock">): Promise<string> {
  const changedAt = clock.now();
  await mailLog.put({ ...newEntry(SECRET), version: 1, settled: true, secret: offered, changedAt });
  return (await mailLog.find(SECRET))?.secret ?? offered;
}

/**
 * Which of these alerts are ours.
 *
 * @param marks that a mail bears: 16 at most
 */
export async function findKnownAlerts(marks: readonly string[], mailLog: MailLog): Promise<KnownAlerts> {
  const entries = await mapAtOnce(marks, AT_ONCE, async (mark) => [mark, await mailLog.find(PREFIX + mark)] as const);
  return new Map(
    entries.flatMap(([mark, entry]) => (entry?.round === undefined ? [] : [[mark, entry.round] as const])),
  );
}
