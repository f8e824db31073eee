import { jsonLine } from "../../output/printable.ts";
import { ENTRY_FIELDS, entryOf, expected, readEntry, type WrittenEntry } from "./entry.ts";
import type { EntryReader, ListFormat } from "./format.ts";

/** One JSON object a line. SES's bulk form has `emailAddress` for `address`; keys that no entry has are passed over. */
export const ndjsonFormat: ListFormat = {
  header: "",
  write(state) {
    const { address, reason, since, expiresAt, spelling } = entryOf(state);
    return jsonLine({ address, reason, since, expiresAt: expiresAt || null, spelling });
  },
  reader: (): EntryReader => (line) => {
    if (line.trim() === "") return undefined;
    const object = readObject(line);
    if (object === undefined) return expected("a JSON object", line);
    const written = readFields(object);
    return typeof written === "string" ? written : readEntry(written);
  },
};

function readObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function readFields(object: Readonly<Record<string, unknown>>): WrittenEntry | string {
  const written: Record<string, string> = {};
  for (const field of ENTRY_FIELDS) {
    const value = field === "address" ? (object["address"] ?? object["emailAddress"]) : object[field];
    if (value === undefined) continue;
    if (value !== null && typeof value !== "string") return expected(`a text in ${field}`, JSON.stringify(value));
    written[field] = value ?? "";
  }
  return written;
}
