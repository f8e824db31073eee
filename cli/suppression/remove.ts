import { isInForce } from "../../shared/suppression/in-force.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { readAddress } from "./address.ts";
import { type ChangeOptions, changesOf, policyOf, whoOf } from "./change.ts";
import { openTable } from "./open-table.ts";
import { showAddress } from "./show-address.ts";

export interface RemoveOptions extends ChangeOptions {
  /** Why, in the words of who does it. */
  readonly reason: string;
}

/**
 * Lifts what suppresses an address, and shows what is known of it then.
 *
 * An address that is not suppressed is told, and the removal is kept all the same: it voids what was counted and suspected so far, and
 * `sync --to ses` takes the address off SES's list, which may know of it what the table does not.
 */
export async function remove(written: string, options: RemoveOptions, console: Console): Promise<number> {
  const address = readAddress(written);
  const policy = policyOf(options);
  using open = await openTable(options);
  const change = changesOf(open, policy);
  const outcome = await change.remove({ address: written, who: whoOf(options), why: options.reason });
  if (outcome.kind === "recorded" && !isInForce(outcome.before, systemClock.now()))
    console.say(`mailroom: ${address} was not suppressed; that it was removed is recorded`);
  await showAddress(address, open.table, options.json ?? false, console);
  return EXIT.done;
}
