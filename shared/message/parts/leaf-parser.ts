import type { Transform } from "node:stream";
import { MailParser } from "mailparser";
import { readFields } from "../header/header-fields.ts";
import { HEADER_FIELD_COST, MAX_NODES, MAX_PART_HEADER_BYTES } from "../limits.ts";
import { endHeadersAtDelimiters } from "./early-delimiter.ts";
import { createPartDecoder, type PartDecoder } from "./part-decoder.ts";
import { type PartHeader, readPartHeader } from "./part-header.ts";
import { createPreambles, type Preamble } from "./preambles.ts";

/** A node of the mail's tree, as we read it. */
export interface NodeHeader extends PartHeader {
  /** The mail has no parts: this is all of it. */
  readonly isWhole: boolean;
  /** Lines of the header that are text to a stricter reader, bytes: see `readFields`. */
  readonly doubtful: Buffer;
  readonly decoding: PartDecoder;
}

/** The options that save mailparser the work which we do not use. */
const LEAN = {
  ignoreEmbedded: true,
  keepDeliveryStatus: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  checksumAlgo: false,
  maxChildNodes: MAX_NODES,
  maxHeadSize: MAX_PART_HEADER_BYTES,
} as const;

/** What we touch of a node of mailsplit's tree. */
interface Node {
  parentNode: Node | false;
  headers: object | false;
  contentType: string | false;
  multipart: string | false;
  encoding: string | false;
  disposition: string | false;
  _boundary: Buffer | false;
  _headersLines: Buffer[];
  _headerlen: number;
  parseHeaders(): void;
  getDecoder(): Transform;
}

/** What we touch of the splitter that mailparser reads from. */
interface Splitter {
  node: Node;
  newNode(parent: Node | false): void;
  checkBoundary(line: Buffer): number | false;
  compareBoundary(line: Buffer, start: number, boundary: Buffer): number | false;
  push(node: Node): void;
}

interface Data {
  readonly type: string;
  readonly node: Node;
  readonly value: Buffer;
}

/** What we step in front of. */
interface Internals {
  textTypes: readonly string[];
  readonly chunkedPassthrough: { chunkSize: number };
  readonly splitter: Splitter;
  createNode(node: Node): { readonly headers: object };
  processChunk(data: Data, done: (error?: Error) => void): void;
}

export interface LeafParser {
  readonly parser: MailParser;
  /** The header of a part, by what mailparser gives as the part's headers. */
  headerOf(headers: object): NodeHeader | undefined;
  /** Header bytes of all nodes that came until now, with what their fields cost besides. */
  headerBytes(): number;
  /** The multiparts inside the mail in which no part was found, once the mail has ended. */
  preambles(): readonly Preamble<NodeHeader>[];
}

/**
 * mailparser as we use it: MIME structure and transfer encodings. All that is text to a person (charsets, HTML, headers,
 * dates, file names) we read ourselves, from the bytes, because mailparser decodes in ways that cannot be undone.
 *
 * It reaches behind mailparser's types, and tests watch that it goes on to work. `textTypes` is empty, so that text parts
 * come as parts too. The header of each node is read by us, and what mailparser needs of it is given to it: so one reader
 * decides about types, boundaries and names. A node that a delimiter ends before its header has ended is a part too, and
 * a multipart without parts keeps its text.
 */
export function createLeafParser(): LeafParser {
  const parser = new MailParser(LEAN);
  const inside = parser as unknown as Internals;
  const { splitter } = inside;
  const { createNode, processChunk } = inside;
  const newNode = splitter.newNode;
  const read = new Map<Node, ReadNode>();
  const parts = new WeakMap<object, NodeHeader>();
  const childless = createPreambles<Node, NodeHeader>();
  let headerBytes = 0;
  let charset: string | undefined;

  /** Has the node's header read by us as soon as mailsplit has it whole. */
  function adopt(node: Node): void {
    const parseHeaders = node.parseHeaders;
    node.parseHeaders = () => {
      if (node.headers) return;
      const own = readNode(node, charset);
      charset = own.header.charset ?? charset;
      read.set(node, own);
      node._headersLines = [];
      node._headerlen = 0;
      parseHeaders.call(node);
      tell(node, own.header);
    };
  }

  inside.textTypes = [];
  // mailparser would gather 64 KB: more nodes than it takes (see MAX_NODES), and all parts before them would be lost.
  inside.chunkedPassthrough.chunkSize = 1;
  splitter.newNode = (parent) => {
    const { node } = splitter;
    // mailsplit would drop a node whose header a delimiter ends, unless it is a closing one.
    if (node._headerlen > 0 && !node.headers) {
      node.parseHeaders();
      splitter.push(node);
    }
    newNode.call(splitter, parent);
    adopt(splitter.node);
  };
  inside.createNode = (node) => {
    const own = read.get(node);
    read.delete(node);
    const part = createNode.call(parser, node);
    if (own !== undefined) parts.set(part.headers, own.header);
    headerBytes += own?.cost ?? 0;
    if (node.parentNode !== false) childless.close(node.parentNode);
    if (own?.header.boundary !== undefined && !own.header.isWhole) childless.open(node, own.header);
    return part;
  };
  inside.processChunk = (data, done) => {
    if (data.type === "data") childless.add(data.node, data.value);
    processChunk.call(parser, data, done);
  };
  endHeadersAtDelimiters(splitter);
  adopt(splitter.node);
  return {
    parser,
    headerOf: (headers) => parts.get(headers),
    headerBytes: () => headerBytes,
    preambles: childless.all,
  };
}

interface ReadNode {
  readonly header: NodeHeader;
  readonly cost: number;
}

function readNode(node: Node, charset: string | undefined): ReadNode {
  const { fields, body, doubtful } = readFields(Buffer.concat(node._headersLines).toString("latin1"));
  const header = readPartHeader(fields, charset);
  const isInDigest = node.parentNode !== false && node.parentNode.multipart === "digest";
  const part = {
    ...header,
    // RFC 2046 section 5.1.5: a part of a digest is a message unless it says otherwise.
    contentType: isInDigest && !header.isTyped ? "message/rfc822" : header.contentType,
    isWhole: node.parentNode === false,
    doubtful: Buffer.from(doubtful, "latin1"),
  };
  return {
    header: { ...part, decoding: createPartDecoder(part, Buffer.from(body, "latin1")) },
    cost: HEADER_FIELD_COST * node._headersLines.length + node._headerlen,
  };
}

/** Gives mailparser what it needs of a header. A multipart without a boundary has no parts: it is text (RFC 2046 section 5.1). */
function tell(node: Node, { contentType, boundary, transferEncoding, disposition, decoding }: NodeHeader): void {
  node.contentType = contentType.startsWith("multipart/") && boundary === undefined ? "text/plain" : contentType;
  node.multipart = boundary === undefined ? false : contentType.slice("multipart/".length);
  node._boundary = boundary === undefined ? false : Buffer.from(boundary, "latin1");
  node.encoding = transferEncoding;
  node.disposition = disposition ?? false;
  const { decoder } = decoding;
  if (decoder !== undefined) node.getDecoder = () => decoder;
}
