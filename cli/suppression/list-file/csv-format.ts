import { csvLine, readCsvLine } from "./csv.ts";
import { ENTRY_FIELDS, entryOf, expected, type ListEntry, readEntry } from "./entry.ts";
import type { EntryReader, ListFormat } from "./format.ts";

/**
 * CSV with a header line. Without one, fields stand in the order of ours, of which SES's bulk form `address,REASON` is the beginning.
 *
 * An address may begin with `=`, `+`, `-` or `@`, for which a spreadsheet would calculate. It is written as it is: a list that changes addresses
 * would suppress others.
 */
export const csvFormat: ListFormat = {
  header: csvLine(ENTRY_FIELDS),
  write(state) {
    const entry = entryOf(state);
    return csvLine(ENTRY_FIELDS.map((field) => entry[field]));
  },
  reader(): EntryReader {
    let columns: readonly string[] | undefined;
    return (line) => {
      if (line.trim() === "") return undefined;
      const fields = readCsvLine(line);
      if (typeof fields === "string") return fields;
      if (columns !== undefined) return readFields(columns, fields);
      columns = headerOf(fields);
      if (columns === undefined) columns = ENTRY_FIELDS;
      else return columns.includes("reason") ? undefined : expected("a column reason in the header", line);
      return readFields(columns, fields);
    };
  },
};

/** The names of the columns in our spelling; `undefined` when it is no header line, which an address never is. */
function headerOf(fields: readonly string[]): readonly string[] | undefined {
  const names = fields.map((field) => COLUMNS.get(field.trim().toLowerCase()) ?? "");
  return names.includes("address") ? names : undefined;
}

/** SES names the address so in its own lists. */
const COLUMNS = new Map<string, string>([
  ...ENTRY_FIELDS.map((field) => [field.toLowerCase(), field] as const),
  ["emailaddress", "address"],
]);

function readFields(columns: readonly string[], fields: readonly string[]): ListEntry | string {
  if (fields.length > columns.length) return `expected ${columns.length} fields at most, got ${fields.length}`;
  return readEntry(Object.fromEntries(fields.map((field, at) => [columns[at] ?? "", field])));
}
