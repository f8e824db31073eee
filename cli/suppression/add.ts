import { DAY } from "../../shared/suppression/days.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { readDate } from "../read-date.ts";
import { UsageError } from "../usage-error.ts";
import { readAddress } from "./address.ts";
import { type ChangeOptions, changesOf, policyOf, whoOf } from "./change.ts";
import { openTable } from "./open-table.ts";
import { showAddress } from "./show-address.ts";

export interface AddOptions extends ChangeOptions {
  /** Why, in the words of who does it. */
  readonly reason: string;
  /** A date, or a number of days. */
  readonly expires?: string;
}

/** Suppresses an address, and shows what is known of it then. */
export async function add(written: string, options: AddOptions, console: Console): Promise<number> {
  const address = readAddress(written);
  const expiresAt = options.expires === undefined ? undefined : readEnd(options.expires, systemClock.now());
  const policy = policyOf(options);
  using open = await openTable(options);
  const change = changesOf(open, policy);
  const { kind } = await change.add({ address: written, who: whoOf(options), why: options.reason, expiresAt });
  if (kind === "forgotten") console.say(`mailroom: ${address} is forgotten, and suppressed for good; nothing was kept`);
  await showAddress(address, open.table, options.json ?? false, console);
  return EXIT.done;
}

/** A hundred years. */
const MAX_DAYS = 36_500;

/**
 * When a suppression ends.
 *
 * @param now ISO 8601 in UTC
 * @throws {UsageError} when it is neither a date to come nor a number of days
 */
function readEnd(written: string, now: string): string {
  const days = /^\d{1,5}$/.test(written.trim()) ? Number(written) : undefined;
  const isDays = days !== undefined && days >= 1 && days <= MAX_DAYS;
  const end = isDays ? new Date(Date.parse(now) + days * DAY).toISOString() : readDate(written);
  if (end === undefined || end <= now)
    throw new UsageError(
      `expected --expires with a date to come (2027-01-31) or a number of days from 1 to ${MAX_DAYS}, got ${JSON.stringify(written)}`,
    );
  return end;
}
