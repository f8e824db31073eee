import { checkEntry, type Entry, EntryError, shown, type WrittenEntry } from "./entry.ts";

export const FORMATS = ["csv", "ndjson"] as const;
export type Format = (typeof FORMATS)[number];

/** How entries are written on lines, and read from them. */
interface LineFormat {
  /** The line that a file begins with. */
  readonly header: string | undefined;
  /** @throws {EntryError} */
  read(line: string): Entry;
  write(entry: Entry): string;
}

const HEADER = "address,reason,since,expiresAt";

export const LINE_FORMATS: Readonly<Record<Format, LineFormat>> = {
  csv: {
    header: HEADER,
    read(line) {
      const fields = readCsvLine(line);
      const [address = "", reason = "", since = "", expiresAt = ""] = fields;
      // Two fields are SES's own bulk file (SES fact 3.2).
      if (fields.length !== 2 && fields.length !== 4)
        throw new EntryError(`expected ${HEADER} or address,REASON, got ${fields.length} fields`);
      return checkEntry({ address, reason, since, expiresAt });
    },
    write: ({ address, reason, since, expiresAt }) =>
      [address, reason, since ?? "", expiresAt ?? ""].map(csvField).join(","),
  },
  ndjson: {
    header: undefined,
    read: (line) => checkEntry(readJsonLine(line)),
    write: (entry) => JSON.stringify(entry),
  },
};

/** RFC 4180: quoted where it must be, and nowhere else, so that the same entries are the same bytes. */
function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** One line of RFC 4180; a line break inside quotes is not read, as no entry has one. */
function readCsvLine(line: string): readonly string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const { value, end } = line[at] === '"' ? quotedField(line, at + 1) : plainField(line, at);
    fields.push(value);
    if (end >= line.length) return fields;
    if (line[end] !== ",") throw new EntryError(`expected a comma behind a quote, got ${shown(line.slice(end))}`);
    at = end + 1;
  }
}

function plainField(line: string, start: number): { value: string; end: number } {
  const comma = line.indexOf(",", start);
  const end = comma < 0 ? line.length : comma;
  return { value: line.slice(start, end), end };
}

function quotedField(line: string, start: number): { value: string; end: number } {
  for (let close = line.indexOf('"', start); close >= 0; close = line.indexOf('"', close + 2)) {
    if (line[close + 1] !== '"') return { value: line.slice(start, close).replaceAll('""', '"'), end: close + 1 };
  }
  throw new EntryError("expected a closing quote, got the end of the line");
}

function readJsonLine(line: string): WrittenEntry {
  const value = parsed(line);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new EntryError(`expected a JSON object, got ${shown(line)}`);
  const fields: Readonly<Record<string, unknown>> = { ...value };
  // SES's own bulk file says `emailAddress` (SES fact 3.2).
  return {
    address: text("address", fields["address"] ?? fields["emailAddress"]),
    reason: text("reason", fields["reason"]),
    since: text("since", fields["since"]),
    expiresAt: text("expiresAt", fields["expiresAt"]),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new EntryError(`expected a JSON object, got ${shown(line)}`);
  }
}

function text(name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw new EntryError(`expected text as ${name}, got ${shown(JSON.stringify(value))}`);
  return value;
}

/** The format that was named, else that of the file's ending, else CSV. */
export function formatOf(named: Format | undefined, file: string): Format {
  return named ?? (/\.(?:ndjson|jsonl|json)$/i.test(file) ? "ndjson" : "csv");
}
