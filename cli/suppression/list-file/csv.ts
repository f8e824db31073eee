/** One record as RFC 4180 writes it, with the quotes that it needs and no others, and CRLF at its end. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(",")}\r\n`;
}

/** Quoted as well where spaces stand at an end, which some readers would take off. */
function csvField(field: string): string {
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/**
 * The fields of one record. A record is a line: no address has a line break in it, and so a quote that is never closed spoils its own line and
 * not the rest of the file.
 *
 * @returns what is wrong, in words, where it is no record
 */
export function readCsvLine(line: string): readonly string[] | string {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const read = line[at] === '"' ? quotedField(line, at) : bareField(line, at);
    if (read === undefined) return `expected a quote that ends the field at character ${at + 1}`;
    fields.push(read.field);
    if (read.end === line.length) return fields;
    if (line[read.end] !== ",") return `expected a comma after the quote at character ${read.end}`;
    at = read.end + 1;
  }
}

interface Field {
  readonly field: string;
  /** Where the comma after it stands, or the end of the line. */
  readonly end: number;
}

/** A quote inside a field without quotes is a character like others: `o"neil@acme.example`. */
function bareField(line: string, start: number): Field {
  const comma = line.indexOf(",", start);
  const end = comma === -1 ? line.length : comma;
  return { field: line.slice(start, end), end };
}

function quotedField(line: string, start: number): Field | undefined {
  let field = "";
  for (let at = start + 1; ; ) {
    const quote = line.indexOf('"', at);
    if (quote === -1) return undefined;
    field += line.slice(at, quote);
    if (line[quote + 1] !== '"') return { field, end: quote + 1 };
    field += '"';
    at = quote + 2;
  }
}
