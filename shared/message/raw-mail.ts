import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createByteSink } from "./byte-sink.ts";
import { createHeaderReader, type HeaderBlock } from "./header/header-block.ts";
import type { RawField } from "./header/header-fields.ts";
import { MAX_MAIL_BYTES, MAX_SAME_FIELDS, PARSER_SLICE } from "./limits.ts";
import { lineEndsOf, needsMore } from "./line-ends.ts";
import { createBoundaryWork } from "./parts/boundary-work.ts";
import { readPartHeader } from "./parts/part-header.ts";
import { decodeQuotedPrintable } from "./parts/transfer-encoding.ts";

/** A raw mail on its way through: read once, in order, hashed as it comes, its header taken off. */
export interface RawMail {
  /** What mailparser is given: the MIME fields, an empty line, the body. Reading it reads the mail. */
  mime(): Readable;
  /**
   * Reads what is left of the mail, so that size and hash are of all of it whatever became of the parser. A mail that is too large
   * is left, and its stream destroyed.
   *
   * @throws what the source of the bytes throws: the mail itself was not read, and reading may be tried again
   */
  finish(): Promise<RawMailEnd>;
}

export interface RawMailEnd {
  /** As it is known; of a mail that turned out too large on the way, the bytes that were read. */
  readonly size: number;
  /** Empty when the mail is too large. */
  readonly sha256: string;
  /** It has more than MAX_MAIL_BYTES: known beforehand, no more than its header was read, else no more than these. */
  readonly isTooLarge: boolean;
  readonly header: HeaderBlock;
  /** The first bytes of the body, for a mail in which the parser finds no part at all. */
  readonly bodyStart: Buffer;
  /** The parser was not given all of the body, because its boundaries cost too much. */
  readonly isCut: boolean;
}

/** An empty header and an empty body. */
const NO_BODY = Buffer.from("\r\n");

const MAX_BODY_START = 256 * 1024;

/** The fields that say how a body is to be taken apart. */
const MIME_FIELDS = ["content-type", "content-transfer-encoding", "content-disposition", "content-id"];

/** How much of each of these fields the parser is given. The attack: a megabyte of them. */
const MAX_MIME_FIELD = 48 * 1024;

/** @param streamSize bytes of a stream, where they are known beforehand */
export function createRawMail(raw: Readable | Uint8Array, maxHeaderBytes: number, streamSize = 0): RawMail {
  const knownSize = raw instanceof Readable ? streamSize : raw.byteLength;
  const isHeaderOnly = knownSize > MAX_MAIL_BYTES;
  const maxBytes = isHeaderOnly ? maxHeaderBytes : MAX_MAIL_BYTES;
  const chunks = chunksOf(raw);
  const hash = createHash("sha256");
  const reader = createHeaderReader(maxHeaderBytes);
  const bodyStart: Buffer[] = [];
  const mayGoOn = createBoundaryWork();
  let size = 0;
  let startSize = 0;
  let isCut = false;
  let header: HeaderBlock | undefined;
  let failure: { error: unknown } | undefined;

  async function next(): Promise<Buffer | undefined> {
    if (size > maxBytes) return undefined;
    try {
      const { value, done } = await chunks.next();
      if (done) return undefined;
      // One byte more shows that there is more, wherever chunks begin and end.
      const chunk = value.subarray(0, maxBytes + 1 - size);
      hash.update(chunk);
      size += chunk.length;
      return chunk;
    } catch (error) {
      failure = { error };
      throw error;
    }
  }

  /** The beginning of the mail, by which its line ends are told. */
  async function beginning(): Promise<Buffer> {
    const start = createByteSink();
    while (needsMore(start.bytes())) {
      const chunk = await next();
      if (chunk === undefined) break;
      start.push(chunk);
    }
    return start.bytes();
  }

  async function* mime(): AsyncGenerator<Buffer> {
    const start = await beginning();
    const lineEnds = lineEndsOf(start);
    let body = reader.push(lineEnds(start));
    while (body === undefined) {
      const chunk = await next();
      if (chunk === undefined) break;
      body = reader.push(lineEnds(chunk));
    }
    header = reader.block();
    if (isHeaderOnly) return yield NO_BODY;
    const first = Buffer.concat([header.body, body ?? Buffer.alloc(0)]);
    yield mimeHead(header, first);
    yield* bodyChunks(first);
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield* bodyChunks(lineEnds(chunk));
  }

  function* bodyChunks(chunk: Buffer): Generator<Buffer> {
    if (chunk.length === 0 || isCut) return;
    isCut = !mayGoOn(chunk);
    if (startSize < MAX_BODY_START) bodyStart.push(chunk.subarray(0, MAX_BODY_START - startSize));
    startSize += chunk.length;
    yield* slices(chunk);
  }

  return {
    mime: () => Readable.from(mime(), { objectMode: false }),
    async finish() {
      if (failure !== undefined) throw failure.error;
      while (!isHeaderOnly && (await next()) !== undefined);
      const isTooLarge = isHeaderOnly || size > maxBytes;
      if (isTooLarge && raw instanceof Readable) raw.destroy();
      return {
        size: isHeaderOnly ? knownSize : size,
        sha256: isTooLarge ? "" : hash.digest("hex"),
        isTooLarge,
        header: header ?? reader.block(),
        bodyStart: header === undefined ? Buffer.alloc(0) : withoutEncoding(header, Buffer.concat(bodyStart)),
        isCut,
      };
    },
  };
}

function chunksOf(raw: Readable | Uint8Array): AsyncIterator<Buffer> | Iterator<Buffer> {
  if (raw instanceof Readable) return raw.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  return slices(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
}

function* slices(buffer: Buffer): Generator<Buffer> {
  for (let at = 0; at < buffer.length; at += PARSER_SLICE) yield buffer.subarray(at, at + PARSER_SLICE);
}

/** @param body its beginning */
function mimeHead({ fields }: HeaderBlock, body: Buffer): Buffer {
  const given = MIME_FIELDS.flatMap((wanted) => fields.filter(({ name }) => name === wanted).slice(0, MAX_SAME_FIELDS));
  const lines = given.map(({ name, value }) => `${name}: ${value.slice(0, MAX_MIME_FIELD)}\r\n`);
  return Buffer.from(`${lines.join("")}\r\n${missingDelimiter(given, body)}`, "latin1");
}

/** A first part that has a header and no delimiter before it is a part all the same. */
function missingDelimiter(fields: readonly RawField[], body: Buffer): string {
  if (!/^content-[a-z-]{1,40}[ \t]{0,9}:/i.test(body.toString("latin1", 0, 60))) return "";
  const { boundary } = readPartHeader(fields);
  return boundary === undefined ? "" : `--${boundary}\r\n`;
}

/** The text of a body in which no part was found, whose transfer encoding nobody has undone. */
function withoutEncoding({ fields }: HeaderBlock, body: Buffer): Buffer {
  const { transferEncoding, boundary } = readPartHeader(fields);
  if (boundary === undefined) return body;
  if (transferEncoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  return transferEncoding === "quoted-printable" ? decodeQuotedPrintable(body.toString("latin1")) : body;
}
