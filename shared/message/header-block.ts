import { leadingBlank } from "./leading-blank.ts";
import { MAX_HEADER_BYTES, MAX_HEADER_FIELDS } from "./limits.ts";
import { linesOf } from "./slices.ts";

/** One field as it stands in the mail: unfolded, its bytes as latin1 characters. */
export interface RawField {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** The mail has more header than is read. */
  readonly cut: boolean;
  /** Bytes that came before the empty line and are body all the same, since the line is missing. */
  readonly body: Buffer;
}

/** Finds the end of a header block in a stream of chunks, and keeps its bytes up to the limit. */
export interface HeaderReader {
  /**
   * Takes the next chunk, with line ends of CRLF or LF.
   *
   * @returns the bytes of the body in it, once the empty line has been seen; `undefined` before
   */
  push(chunk: Buffer): Buffer | undefined;
  /** The block as far as it came: to be asked when its end was seen, or when no more chunks come. */
  block(): HeaderBlock;
}

const [LF, CR] = [0x0a, 0x0d];

/**
 * Reads the header of a message, so that one which mailparser refuses (1 MB of lines), or a mail that it gives up on,
 * still has its sender, subject and date. Blank lines in front of it are passed over.
 *
 * @param maxBytes how much of the block is kept
 */
export function createHeaderReader(maxBytes = MAX_HEADER_BYTES): HeaderReader {
  const reader = createBlockReader(maxBytes);
  let unjudged: Buffer | undefined = Buffer.alloc(0);

  function judge(start: Buffer, isAll: boolean): Buffer | undefined {
    const blank = leadingBlank(start, isAll);
    unjudged = blank === undefined ? start : undefined;
    return blank === undefined ? undefined : reader.push(start.subarray(blank));
  }

  return {
    push: (chunk) => (unjudged === undefined ? reader.push(chunk) : judge(Buffer.concat([unjudged, chunk]), false)),
    block() {
      const rest = unjudged === undefined ? undefined : judge(unjudged, true);
      const block = reader.block();
      return rest === undefined ? block : { ...block, body: Buffer.concat([block.body, rest]) };
    },
  };
}

function createBlockReader(maxBytes: number): HeaderReader {
  const kept: Buffer[] = [];
  let size = 0;
  let atLineStart = true;
  let heldCr = false;
  let ended = false;

  function keep(bytes: Buffer): void {
    if (size < maxBytes) kept.push(bytes.subarray(0, maxBytes - size));
    size += bytes.length;
  }

  return {
    push(chunk) {
      if (ended) return chunk;
      for (let at = 0; at < chunk.length; ) {
        const end = chunk.indexOf(LF, at);
        if (atLineStart && end >= 0 && (end === at || (end === at + 1 && chunk[at] === CR && !heldCr))) {
          ended = true;
          keep(chunk.subarray(0, at));
          return chunk.subarray(end + 1);
        }
        // A lone CR that ends the chunk may be half of an empty line.
        heldCr = atLineStart && end < 0 && at === chunk.length - 1 && chunk[at] === CR && !heldCr;
        atLineStart = end >= 0 || heldCr;
        at = end < 0 ? chunk.length : end + 1;
      }
      keep(chunk);
      return undefined;
    },
    block() {
      const { fields, body } = readFields(Buffer.concat(kept).toString("latin1").replace(BYTE_ORDER_MARK, ""));
      const cut = size > maxBytes || fields.length > MAX_HEADER_FIELDS;
      return { fields: fields.slice(0, MAX_HEADER_FIELDS), cut, body: Buffer.from(body, "latin1") };
    },
  };
}

/** UTF-8's, as some editors write it in front of a saved mail. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;
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
 */
export function readFields(latin1: string): { fields: RawField[]; body: string } {
  const fields: { name: string; lines: string[] }[] = [];
  let body: { at: number; fields: number } | undefined;
  let at = 0;
  for (const line of linesOf(latin1)) {
    if (fields.length > MAX_HEADER_FIELDS) break;
    const name = FIELD.exec(line)?.[1]?.toLowerCase();
    if (line.startsWith(" ") || line.startsWith("\t")) fields.at(-1)?.lines.push(line);
    else if (name !== undefined) {
      if (TELLING.has(name)) body = undefined;
      fields.push({ name, lines: [line.slice(line.indexOf(":") + 1)] });
    } else if (!isStray(line)) body ??= { at, fields: fields.length };
    at += line.length + 1;
  }
  const own = fields.slice(0, body?.fields);
  if (own.length > 0 && !own.some(({ name }) => TOKEN.test(name))) return { fields: [], body: latin1 };
  return {
    fields: own.map(({ name, lines }) => ({
      name,
      value: lines
        .map((line) => line.replace(/\r$/, ""))
        .join("")
        .trim(),
    })),
    body: body === undefined ? "" : latin1.slice(body.at),
  };
}

function isStray(line: string): boolean {
  return /^(?:\r*$|>?From )/.test(line);
}
