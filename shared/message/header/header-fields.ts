import { MAX_HEADER_FIELDS } from "../limits.ts";
import { createBoundaryWatch } from "../parts/early-delimiter.ts";
import { linesOf } from "../slices.ts";

/** One field as it stands in the mail: unfolded, its bytes as latin1 characters. */
export interface RawField {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

/** A field name (RFC 5322 section 2.2), white space before the colon tolerated: `From  : a@b`. */
const FIELD = /^([!-9;-~]{1,1000})[ \t]{0,100}:/;
/** What names of fields are made of in fact. RFC 5322 allows more, by which JSON on one line would be a field: `{"id": 1}`. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** Fields that no body text begins a line with and no header does without. */
const TELLING = new Set(
  "from to subject date message-id mime-version content-type content-transfer-encoding received".split(" "),
);

/**
 * Splits a block into fields and unfolds them.
 *
 * A line that is no field and continues none is either a stray line (an mbox `From `, a mangled field), which is passed
 * over, or the body of a mail whose empty line is missing. It is the body when no telling field comes after it. Where nothing is
 * named as fields are, there is no header.
 *
 * @returns as `doubtful`, from such a line on, what is header all the same: Postfix, Sendmail and Python end the header there, and
 * a word that their reader sees must be found
 */
export function readFields(latin1: string): { fields: RawField[]; body: string; doubtful: string } {
  const fields: { name: string; lines: string[] }[] = [];
  let body: { at: number; fields: number } | undefined;
  let doubtfulAt: number | undefined;
  let at = 0;
  const declared = createBoundaryWatch();
  for (const line of linesOf(latin1)) {
    if (fields.length > MAX_HEADER_FIELDS) break;
    if (line.startsWith("--") && line.trimEnd() === `--${declared.boundary()}`) {
      body ??= { at, fields: fields.length };
      break;
    }
    declared.add(line);
    const name = FIELD.exec(line)?.[1]?.toLowerCase();
    if (line.startsWith(" ") || line.startsWith("\t")) fields.at(-1)?.lines.push(line);
    else if (name !== undefined) {
      if (TELLING.has(name)) body = undefined;
      fields.push({ name, lines: [line.slice(line.indexOf(":") + 1)] });
    } else {
      if (!isStray(line)) body ??= { at, fields: fields.length };
      // An mbox begins with such a line, and no mail program shows it.
      if (at > 0 || !isStray(line)) doubtfulAt ??= at;
    }
    at += line.length + 1;
  }
  const own = fields.slice(0, body?.fields);
  if (own.length > 0 && !own.some(({ name }) => TOKEN.test(name))) return { fields: [], body: latin1, doubtful: "" };
  const doubtful = doubtfulAt === undefined ? "" : latin1.slice(doubtfulAt, body?.at);
  return {
    fields: own.map(({ name, lines }) => ({
      name,
      value: lines
        .map((line) => line.replace(/\r$/, ""))
        .join("")
        .trim(),
    })),
    body: body === undefined ? "" : latin1.slice(body.at),
    doubtful: doubtful.trim() === "" ? "" : doubtful,
  };
}

function isStray(line: string): boolean {
  return /^(?:\r*$|>?From )/.test(line);
}
