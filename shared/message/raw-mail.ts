import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createBoundaryWork } from "./boundary-work.ts";
import { createByteSink } from "./byte-sink.ts";
import { createHeaderReader, type HeaderBlock } from "./header-block.ts";
import { PARSER_SLICE } from "./limits.ts";
import { lineEndsOf, needsMore } from "./line-ends.ts";

/** A raw mail on its way through: read once, in order, hashed as it comes, its header taken off. */
export interface RawMail {
  /** What mailparser is given: the MIME fields, an empty line, the body. Reading it reads the mail. */
  mime(): Readable;
  /**
   * Reads what is left of the mail, so that size and hash are of all of it whatever became of the parser.
   *
   * @throws what the source of the bytes throws: the mail itself was not read, and reading may be tried again
   */
  finish(): Promise<RawMailEnd>;
}

export interface RawMailEnd {
  readonly size: number;
  readonly sha256: string;
  readonly header: HeaderBlock;
  /** The first bytes of the body, for a mail in which the parser finds no part at all. */
  readonly bodyStart: Buffer;
  /** The parser was not given all of the body, because its boundaries cost too much. */
  readonly isCut: boolean;
}

const MAX_BODY_START = 256 * 1024;

/** The fields that say how a body is to be taken apart. mailparser is given the first of each, as it would take. */
const MIME_FIELDS = ["content-type", "content-transfer-encoding", "content-disposition", "content-id"];

export function createRawMail(raw: Readable | Uint8Array, maxHeaderBytes: number): RawMail {
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
    try {
      const { value, done } = await chunks.next();
      if (done) return undefined;
      hash.update(value);
      size += value.length;
      return value;
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
    yield mimeHead(header);
    yield* bodyChunks(Buffer.concat([header.body, body ?? Buffer.alloc(0)]));
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
      for (let chunk = await next(); chunk !== undefined; chunk = await next());
      return {
        size,
        sha256: hash.digest("hex"),
        header: header ?? reader.block(),
        bodyStart: Buffer.concat(bodyStart),
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

function mimeHead(header: HeaderBlock): Buffer {
  const lines = MIME_FIELDS.flatMap((name) => {
    const field = header.fields.find((candidate) => candidate.name === name);
    return field === undefined ? [] : [`${name}: ${field.value}\r\n`];
  });
  return Buffer.from(`${lines.join("")}\r\n`, "latin1");
}
