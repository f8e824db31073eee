import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";
import type { Suppression } from "../../shared/suppression/suppression.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { plural } from "../output/count.ts";
import { usageError } from "../usage-error.ts";
import type { Entry } from "./entry.ts";
import { type Format, formatOf, LINE_FORMATS } from "./formats.ts";
import { openTable, type TableOptions } from "./open-table.ts";

export interface ExportOptions extends TableOptions {
  readonly format?: Format;
}

/**
 * Writes all suppressed addresses to a file, or to standard output: by the weight of their reasons, by time, by address. Those whose suppression has
 * ended are among them, so that the table that imports the file is the same.
 */
export async function exportEntries(file: string, options: ExportOptions, console: Console): Promise<number> {
  const { table, close } = await openTable(options, true);
  const { header, write } = LINE_FORMATS[formatOf(options.format, file)];
  let count = 0;
  try {
    const output = await openOutput(file, console);
    if (header !== undefined) await output.line(header);
    for await (const state of table.list()) {
      const entry = toEntry(state);
      if (entry === undefined) continue;
      if (!(await output.line(write(entry)))) break;
      count += 1;
    }
    await output.end();
    console.say(`${plural(count, "address", "addresses")} exported`);
    return EXIT.done;
  } finally {
    close();
  }
}

/** The spelling that was told is kept, where reading it gives the same address again. */
function toEntry({ address, spelling, reason, since, expiresAt }: Suppression): Entry | undefined {
  if (reason === null) return undefined;
  const isSame = canonicalAddress(spelling) === address && !/\p{C}/u.test(spelling);
  return { address: isSame ? spelling.trim() : address, reason, since, expiresAt };
}

interface Output {
  /** `false` when the reader takes nothing more. */
  line(text: string): Promise<boolean>;
  end(): Promise<void>;
}

async function openOutput(file: string, console: Console): Promise<Output> {
  if (file === "-") return { line: (text) => console.print(`${text}\n`), end: async () => {} };
  const stream = createWriteStream(file);
  try {
    await once(stream, "open");
  } catch (error) {
    throw usageError(`cannot write ${file}`, error);
  }
  return {
    async line(text) {
      if (!stream.write(`${text}\n`)) await once(stream, "drain");
      return true;
    },
    async end() {
      stream.end();
      await finished(stream);
    },
  };
}
