import type { MailLog } from "../ports.ts";
import type { Arrival } from "../receipt/arrival.ts";
import { announcedKey } from "./log-key.ts";
import type { MailEntry } from "./mail-entry.ts";

/** A mail of the store, and what the mail log knows of it; `undefined` when that is nothing. */
export interface FoundArrival {
  readonly arrival: Arrival;
  readonly entry: MailEntry | undefined;
}

/**
 * Finds a stored mail in the mail log, under the name that its announcement gave it.
 *
 * @param stored as its key in the store tells it
 */
export async function findArrival(stored: Arrival, mailLog: Pick<MailLog, "find">): Promise<FoundArrival> {
  const key = announcedKey(stored);
  if (key === stored.sesMessageId) return { arrival: stored, entry: await mailLog.find(key) };
  // SES's event is believed about its id, whatever that looks like; the same id of another object is another mail.
  const announced = await mailLog.find(stored.sesMessageId);
  if (announced?.receipt?.storageKey === stored.storageKey)
    return { arrival: { ...stored, receipt: announced.receipt }, entry: announced };
  return { arrival: stored, entry: await mailLog.find(key) };
}
