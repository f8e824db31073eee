import { joined } from "../byte-sink.ts";
import { MAX_HEADER_BYTES, MAX_HEADER_FIELDS } from "../limits.ts";
import { type RawField, readFields } from "./header-fields.ts";
import { leadingBlank } from "./leading-blank.ts";

export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** The mail has more header than is read. */
  readonly cut: boolean;
  /** Bytes that came before the empty line and are body all the same, since the line is missing. */
  readonly body: Buffer;
  /** Lines of the header that are body to a stricter reader: see `readFields`. */
  readonly doubtful: Buffer;
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
    push: (chunk) => (unjudged === undefined ? reader.push(chunk) : judge(joined([unjudged, chunk]), false)),
    block() {
      const rest = unjudged === undefined ? undefined : judge(unjudged, true);
      const block = reader.block();
      return rest === undefined ? block : { ...block, body: joined([block.body, rest]) };
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
      const { fields, body, doubtful } = readFields(
        Buffer.concat(kept).toString("latin1").replace(BYTE_ORDER_MARK, ""),
      );
      const cut = size > maxBytes || fields.length > MAX_HEADER_FIELDS;
      return {
        fields: fields.slice(0, MAX_HEADER_FIELDS),
        cut,
        // The empty line that ended the block is the body's when the body began before it.
        body: Buffer.from(body === "" || !ended ? body : `${body}\n`, "latin1"),
        doubtful: Buffer.from(doubtful, "latin1"),
      };
    },
  };
}

/** UTF-8's, as some editors write it in front of a saved mail. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;
