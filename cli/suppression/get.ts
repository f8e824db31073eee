import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { readAddress } from "./address.ts";
import { openTableToRead, type TableOptions } from "./open-table.ts";
import { showAddress } from "./show-address.ts";

export interface GetOptions extends TableOptions {
  readonly json?: true;
}

/** Shows whether an address is suppressed, and all that is known of it. */
export async function get(written: string, options: GetOptions, console: Console): Promise<number> {
  const address = readAddress(written);
  using open = await openTableToRead(options, console);
  await showAddress(address, open.table, options.json ?? false, console);
  return EXIT.done;
}
