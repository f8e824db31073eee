import { heldFrom, lineEndFrom, nextDashLine } from "./body-lines.ts";
import { createMailSplitter, type Node } from "./mail-splitter.ts";
import type { NodeHeader } from "./node-header.ts";
import { createPreambles } from "./preambles.ts";

/** One part of a mail that holds no further parts. */
export interface LeafPart extends NodeHeader {
  /** It says that it is a multipart, and none of its parts was found: it is text, as its reader sees it then. */
  readonly lacksParts: boolean;
}

/** What is told of the leaf parts of a mail, in their order. */
export interface PartEvents {
  begin(part: LeafPart): void;
  /** Bytes of the part that began last, its transfer encoding not undone. */
  body(bytes: Buffer): void;
  /** The part that began last has ended. */
  end(): void;
}

/** Takes a mail apart as it comes. */
export interface PartSplitter {
  /** @throws EMAXLEN, BoundaryWorkError or PartHeadersError when the mail is beyond a limit; then no more of it can be read */
  push(chunk: Buffer): void;
  /** To be called when no more bytes come. @throws like `push` */
  end(): void;
}

/** The parts of a mail have more header together than is read. */
export class PartHeadersError extends Error {
  override readonly name = "PartHeadersError";
}

const [LF, CR] = [0x0a, 0x0d];
const NOTHING = Buffer.alloc(0);

/**
 * Takes a mail apart into its leaf parts, without a copy of their bytes.
 *
 * Which line is a delimiter, mailparser's splitter says. It is shown header lines, and of a body the lines that could be one; what lies between is found by a search for
 * bytes. So there is no second reader of boundaries, which could see another structure.
 *
 * @param everyLine whether it is shown all the other lines, too
 */
export function createPartSplitter(events: PartEvents, maxHeaderBytes: number, everyLine: boolean): PartSplitter {
  const childless = createPreambles<Node, NodeHeader>();
  let held: Buffer = NOTHING;
  let isLineStart = true;
  let isOpen = false;
  let lineEnd: Buffer = NOTHING;

  const splitter = createMailSplitter({
    node(node, header) {
      if (splitter.headerBytes() > maxHeaderBytes) throw new PartHeadersError();
      if (node.parentNode !== false) childless.close(node.parentNode);
      if (header.boundary === undefined) begin(header);
      else if (!header.isWhole) childless.open(node, header);
    },
    delimiter(node, line) {
      lineEnd = NOTHING;
      close();
      childless.add(node, line);
    },
  });

  function begin(header: NodeHeader): void {
    isOpen = true;
    events.begin(asLeaf(header));
  }

  function close(): void {
    if (isOpen) events.end();
    isOpen = false;
  }

  /** Content of the node that is read. */
  function give(bytes: Buffer): void {
    const node = splitter.node();
    if (bytes.length === 0) return;
    if (node.multipart !== false) childless.add(node, bytes);
    else if (node.parentNode === false) events.body(bytes);
    else giveOfPart(bytes);
  }

  /** The last line end waits, since it may be that of a delimiter. */
  function giveOfPart(bytes: Buffer): void {
    const isHalf = lineEnd.length === 1 && lineEnd[0] === CR && bytes[0] === LF;
    if (lineEnd.length > 0 && !isHalf) events.body(lineEnd);
    const content = isHalf ? Buffer.concat([lineEnd, bytes]) : bytes;
    const end = lineEndFrom(content);
    if (end > 0) events.body(content.subarray(0, end));
    lineEnd = content.subarray(end);
  }

  function showLine(line: Buffer, isLast = false): void {
    if (splitter.line(line, isLast)) give(line);
  }

  /** Keeps the beginning of a line whose end has not come. */
  function hold(bytes: Buffer): number {
    if (!splitter.isInBody()) splitter.checkHeaderLine(bytes.length);
    else if (!splitter.mayBeDelimiter(bytes.length)) {
      give(bytes);
      isLineStart = false;
      return bytes.length;
    }
    held = Buffer.from(bytes);
    return bytes.length;
  }

  /** A line of a header, or one that could be a delimiter. @returns where the next one begins */
  function readLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(LF, from);
    if (end < 0) return from + hold(bytes.subarray(from));
    showLine(bytes.subarray(from, end + 1));
    return end + 1;
  }

  /** Body up to a line that could be a delimiter. @returns where that begins, or the end of the bytes */
  function readBody(bytes: Buffer, from: number): number {
    const next = nextDashLine(bytes, from, isLineStart);
    if (next >= 0) {
      give(bytes.subarray(from, next));
      isLineStart = true;
      return readLine(bytes, next);
    }
    const to = heldFrom(bytes, from, isLineStart);
    if (to > from) isLineStart = bytes[to - 1] === LF;
    give(bytes.subarray(from, to));
    held = Buffer.from(bytes.subarray(to));
    return bytes.length;
  }

  /** Every line as mailsplit itself would take it. */
  function readEachLine(bytes: Buffer, from: number): number {
    if (isLineStart) return readLine(bytes, from);
    const end = bytes.indexOf(LF, from);
    isLineStart = end >= 0;
    give(bytes.subarray(from, end < 0 ? bytes.length : end + 1));
    return end < 0 ? bytes.length : end + 1;
  }

  return {
    push(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      held = NOTHING;
      for (let at = 0; at < bytes.length; ) {
        if (!splitter.isInBody()) at = readLine(bytes, at);
        else at = everyLine ? readEachLine(bytes, at) : readBody(bytes, at);
      }
    },
    end() {
      if (isLineStart) showLine(held, true);
      else give(held);
      if (lineEnd.length > 0) events.body(lineEnd);
      close();
      for (const { header, bytes } of childless.all()) {
        // Its transfer encoding says nothing of the text that it is.
        begin({ ...header, transferEncoding: "" });
        events.body(bytes);
        close();
      }
    },
  };
}

/** The type of what was meant to be a multipart says nothing of the text that it is. */
function asLeaf(header: NodeHeader): LeafPart {
  const lacksParts = header.contentType.startsWith("multipart/");
  return { ...header, lacksParts, contentType: lacksParts ? "text/plain" : header.contentType };
}
