import { MailParser } from "mailparser";
import { lazy } from "../../lazy.ts";
import { HEADER_FIELD_COST, MAX_NODES, MAX_PART_HEADER_BYTES } from "../limits.ts";
import { endHeadersAtDelimiters } from "./early-delimiter.ts";
import { type NodeHeader, readNodeHeader } from "./node-header.ts";

/** The options that make mailparser leave attached messages as parts, and the limits that it keeps. */
const OPTIONS = { ignoreEmbedded: true, maxChildNodes: MAX_NODES, maxHeadSize: MAX_PART_HEADER_BYTES } as const;

/**
 * How many comparisons of a line with a boundary a mail may cause. mailparser holds each line that begins with `--` against
 * the boundaries of all multiparts that it stands in. The attack: 4,000 multiparts inside each other, and then nothing but
 * such lines, took minutes. Ordinary mail stays below a thousandth of this.
 */
const MAX_COMPARISONS = 20_000_000;

/** mailsplit's word for a node whose header has ended. */
const BODY = 2;

/** What we touch of a node of mailsplit's tree. */
export interface Node {
  readonly parentNode: Node | false;
  headers: object | false;
  contentType: string | false;
  multipart: string | false;
  encoding: string | false;
  disposition: string | false;
  _boundary: Buffer | false;
  _headersLines: Buffer[];
  _headerlen: number;
  parseHeaders(): void;
}

/** What a line is to mailsplit: the end of a node's header, or content. */
type Told = Node | { readonly node: Node };

/** What we touch of mailsplit's splitter. */
interface Splitter {
  node: Node;
  readonly state: number;
  newNode(parent: Node | false): void;
  checkBoundary(line: Buffer): number | false;
  compareBoundary(line: Buffer, start: number, boundary: Buffer): number | false;
  maxBoundaryLength(): number;
  checkHeadSize(extra: number): Error | null;
  processLine(line: Buffer, isLast: boolean, next: (error: Error | null, told?: Told | false) => void): void;
  push(node: Node): void;
}

/** What is told of a mail as its lines are read. */
export interface SplitterEvents {
  /** A node's header has ended. */
  node(node: Node, header: NodeHeader): void;
  /** A delimiter: what was open has ended. `node` is the one that the line belongs to. */
  delimiter(node: Node, line: Buffer): void;
}

/** mailparser's splitter, line by line: it knows where a line is a delimiter, and of which multipart. */
export interface MailSplitter {
  /** Whether the next line is body, unless it is a delimiter. */
  isInBody(): boolean;
  /** The node that the next line belongs to. */
  node(): Node;
  /**
   * Shows it a line, with its line end.
   *
   * @returns whether it is content of the node, rather than header or a delimiter
   * @throws EMAXLEN at a limit of mailsplit, BoundaryWorkError
   */
  line(line: Buffer, isLast: boolean): boolean;
  /** Whether a line that begins like this, and has not ended yet, can be a delimiter. */
  mayBeDelimiter(length: number): boolean;
  /** @throws EMAXLEN when a line of a header is longer than a header may be */
  checkHeaderLine(length: number): void;
  /** Header bytes of all nodes that came until now, with what their fields cost besides. */
  headerBytes(): number;
}

/** The boundaries of a mail cost more than is spent on one. */
export class BoundaryWorkError extends Error {
  override readonly name = "BoundaryWorkError";
}

/** mailparser exports its splitter's class only by what it makes of it. A parser, of which no more is used, costs six times as much. */
const splitterClass = lazy(() => {
  const { splitter } = new MailParser(OPTIONS) as unknown as { readonly splitter: object };
  return splitter.constructor as new (
    options: typeof OPTIONS,
  ) => Splitter;
});

/** What a delimiter line may have besides the boundary (mailsplit: dashes, white space up to a header line's length, line ends). */
const DELIMITER_OVERHEAD = 1_006;

/**
 * mailparser as we use it: MIME structure. All that is text to a person (charsets, HTML, headers, dates, file names) we read ourselves, from the bytes,
 * because mailparser decodes in ways that cannot be undone; and it is shown its lines by us, because its streams cost more than all the rest.
 *
 * It reaches behind mailparser's types, and tests watch that it goes on to work. The header of each node is read by us, and what the splitter needs of it is
 * given to it: so one reader decides about types, boundaries and names. A node that a delimiter ends before its header has ended is a part too.
 */
export function createMailSplitter(events: SplitterEvents): MailSplitter {
  const splitter = new (splitterClass())(OPTIONS);
  const { newNode, compareBoundary } = splitter;
  let headerBytes = 0;
  let charset: string | undefined;
  let comparisons = 0;
  let isDelimiter = false;

  function adopt(node: Node): void {
    node.parseHeaders = () => {
      if (node.headers) return;
      const parent = node.parentNode === false ? undefined : node.parentNode.multipart || "";
      const header = readNodeHeader(Buffer.concat(node._headersLines), charset, parent);
      headerBytes += HEADER_FIELD_COST * node._headersLines.length + node._headerlen;
      charset = header.charset ?? charset;
      node._headersLines = [];
      node.headers = header;
      tell(node, header);
    };
  }

  /** A node whose header a delimiter ended is given out as well as one whose header has ended. */
  function giveOut(node: Node): void {
    events.node(node, node.headers as NodeHeader);
  }

  splitter.push = giveOut;
  splitter.newNode = (parent) => {
    const { node } = splitter;
    // mailsplit would drop a node whose header a delimiter ends, unless it is a closing one.
    if (node._headerlen > 0 && !node.headers) {
      node.parseHeaders();
      giveOut(node);
    }
    newNode.call(splitter, parent);
    adopt(splitter.node);
  };
  splitter.compareBoundary = (line, start, boundary) => {
    if (++comparisons > MAX_COMPARISONS) throw new BoundaryWorkError();
    return compareBoundary.call(splitter, line, start, boundary);
  };
  endHeadersAtDelimiters(splitter);
  const findBoundary = splitter.checkBoundary;
  splitter.checkBoundary = (line) => {
    const found = findBoundary.call(splitter, line);
    isDelimiter = found !== false;
    return found;
  };
  adopt(splitter.node);

  return {
    isInBody: () => splitter.state === BODY,
    node: () => splitter.node,
    line(line, isLast) {
      let isContent = false;
      isDelimiter = false;
      splitter.processLine(line, isLast, (error, told) => {
        if (error) throw error;
        if (!told) return;
        if (isNode(told)) giveOut(told);
        else if (isDelimiter) events.delimiter(told.node, line);
        else isContent = true;
      });
      return isContent;
    },
    mayBeDelimiter: (length) => length <= splitter.maxBoundaryLength() + DELIMITER_OVERHEAD,
    checkHeaderLine(length) {
      const error = splitter.checkHeadSize(length);
      if (error !== null) throw error;
    },
    headerBytes: () => headerBytes,
  };
}

function isNode(told: Told): told is Node {
  return "parseHeaders" in told;
}

/** Gives mailsplit what it needs of a header. A multipart without a boundary has no parts: it is text (RFC 2046 section 5.1). */
function tell(node: Node, { contentType, boundary, transferEncoding, disposition }: NodeHeader): void {
  node.contentType = contentType.startsWith("multipart/") && boundary === undefined ? "text/plain" : contentType;
  node.multipart = boundary === undefined ? false : contentType.slice("multipart/".length);
  node._boundary = boundary === undefined ? false : Buffer.from(boundary, "latin1");
  node.encoding = transferEncoding;
  node.disposition = disposition ?? false;
}
