import type { Suppression } from "../../../shared/suppression/suppression.ts";
import { csvFormat } from "./csv-format.ts";
import type { ListEntry } from "./entry.ts";
import { ndjsonFormat } from "./ndjson-format.ts";

/** A form of file that holds suppressed addresses, one a line. */
export interface ListFormat {
  /** What stands before all entries. */
  readonly header: string;
  /** One entry with its line end. */
  write(state: Suppression): string;
  /** Makes a reader for one file. */
  reader(): EntryReader;
}

/** Reads one line after the other. `undefined`: the line holds nothing; a text: what is wrong with it. */
export type EntryReader = (line: string) => ListEntry | string | undefined;

const FORMATS = { csv: csvFormat, ndjson: ndjsonFormat } as const satisfies Record<string, ListFormat>;
export type FormatName = keyof typeof FORMATS;

/** The format that was named, else that of the file's ending, else CSV. */
export function formatOf(file: string, named: FormatName | undefined): ListFormat {
  return FORMATS[named ?? (/\.(?:ndjson|jsonl|json)$/i.test(file) ? "ndjson" : "csv")];
}
