import { createHash } from "node:crypto";
import { joined } from "./byte-sink.ts";
import { createHeaderReader, type HeaderBlock } from "./header/header-block.ts";
import type { RawField } from "./header/header-fields.ts";
import { MAX_MAIL_BYTES, MAX_SAME_FIELDS } from "./limits.ts";
import { lineEndsOf, needsMore } from "./line-ends.ts";
import { readPartHeader } from "./parts/part-header.ts";
import { decodeQuotedPrintable } from "./parts/quoted-printable.ts";

/** A raw mail on its way through: taken once, in order, hashed as it comes, its header taken off. */
export interface RawMail {
  /** Takes the next bytes. `false`: no more are wanted, since the mail is too large. */
  push(chunk: Buffer): boolean;
  /** To be called when no more bytes come. */
  end(): RawMailEnd;
}

export interface RawMailEnd {
  /** As it is known; of a mail that turned out too large on the way, the bytes that were taken. */
  readonly size: number;
  /** Empty when the mail is too large. */
  readonly sha256: string;
  /** It has more than MAX_MAIL_BYTES: known beforehand, no more than its header was taken, else no more than these. */
  readonly isTooLarge: boolean;
  readonly header: HeaderBlock;
  /** The first bytes of the body, for a mail in which the parser finds no part at all. */
  bodyStart(): Buffer;
}

/** An empty header and an empty body. */
const NO_BODY = Buffer.from("\r\n");

const MAX_BODY_START = 256 * 1024;

/** The fields that say how a body is to be taken apart. */
const MIME_FIELDS = ["content-type", "content-transfer-encoding", "content-disposition", "content-id"];

/** How much of each of these fields the parser is given. The attack: a megabyte of them. */
const MAX_MIME_FIELD = 48 * 1024;

/**
 * @param parse is given what is to be taken apart: the MIME fields, an empty line, the body
 * @param knownSize bytes of the mail, where they are known beforehand
 */
export function createRawMail(parse: (bytes: Buffer) => void, maxHeaderBytes: number, knownSize = 0): RawMail {
  const isHeaderOnly = knownSize > MAX_MAIL_BYTES;
  const maxBytes = isHeaderOnly ? maxHeaderBytes : MAX_MAIL_BYTES;
  const hash = createHash("sha256");
  const reader = createHeaderReader(maxHeaderBytes);
  const start: Buffer[] = [];
  const bodyStart: Buffer[] = [];
  let lineEnds: ((chunk: Buffer) => Buffer) | undefined;
  let header: HeaderBlock | undefined;
  let size = 0;
  let startSize = 0;

  /** Keeps the beginning of the mail until its line ends can be told by it. */
  function takeStart(chunk: Buffer): void {
    start.push(chunk);
    if (!needsMore(size)) startReading();
  }

  function startReading(): void {
    const bytes = joined(start);
    lineEnds = lineEndsOf(bytes);
    read(lineEnds(bytes));
  }

  function read(chunk: Buffer): void {
    const body = header === undefined ? reader.push(chunk) : undefined;
    if (header !== undefined) readBody(chunk);
    else if (body !== undefined) beginBody(body);
  }

  function beginBody(body: Buffer): void {
    header = reader.block();
    const first = joined([header.body, body]);
    parse(isHeaderOnly ? NO_BODY : mimeHead(header, first));
    readBody(first);
  }

  function readBody(chunk: Buffer): void {
    if (chunk.length === 0 || isHeaderOnly) return;
    if (startSize < MAX_BODY_START) bodyStart.push(chunk.subarray(0, MAX_BODY_START - startSize));
    startSize += chunk.length;
    parse(chunk);
  }

  return {
    push(chunk) {
      // One byte more shows that there is more, wherever chunks begin and end.
      const taken = chunk.subarray(0, maxBytes + 1 - size);
      hash.update(taken);
      size += taken.length;
      if (lineEnds === undefined) takeStart(taken);
      else read(lineEnds(taken));
      return size <= maxBytes && !(isHeaderOnly && header !== undefined);
    },
    end() {
      if (lineEnds === undefined) startReading();
      if (header === undefined) beginBody(Buffer.alloc(0));
      const isTooLarge = isHeaderOnly || size > maxBytes;
      const block = header ?? reader.block();
      return {
        size: isHeaderOnly ? knownSize : size,
        sha256: isTooLarge ? "" : hash.digest("hex"),
        isTooLarge,
        header: block,
        bodyStart: () => withoutEncoding(block, joined(bodyStart)),
      };
    },
  };
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
  return transferEncoding === "quoted-printable" ? decodeQuotedPrintable(body) : body;
}
