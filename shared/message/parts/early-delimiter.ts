import { MAX_SAME_FIELDS } from "../limits.ts";
import { readPartHeader } from "./part-header.ts";

const TYPE = /^content-type[ \t]{0,100}:/i;

/**
 * Watches the lines of a header for the boundary that they declare. A line that is its delimiter ends the header, though the empty
 * line between is missing: else the first part would be read as header, and its text be seen by all programs but us.
 *
 * Linear: each Content-Type field is read once, when the first line comes that could be a delimiter.
 */
export function createBoundaryWatch() {
  const types: string[][] = [];
  let open: string[] | undefined;
  let boundary: string | undefined;
  let isRead = true;
  return {
    /** @param line of the header, bytes as latin1 characters, with its line end or without */
    add(line: string): void {
      if (/^[ \t]/.test(line)) open?.push(line);
      else open = undefined;
      if (!TYPE.test(line) || types.length >= MAX_SAME_FIELDS) return;
      open = [line.slice(line.indexOf(":") + 1)];
      types.push(open);
      isRead = false;
    },
    /** The boundary that was declared until now. */
    boundary(): string | undefined {
      if (isRead) return boundary;
      open = undefined;
      isRead = true;
      const fields = types.map((lines) => ({ name: "content-type", value: lines.join("").replace(/[\r\n]/g, "") }));
      boundary = readPartHeader(fields).boundary;
      return boundary;
    },
  };
}

/** What is touched of mailsplit's splitter and its nodes. */
interface Splitter {
  readonly node: {
    readonly headers: object | false;
    readonly _headersLines: readonly Buffer[];
    _boundary: Buffer | false;
  };
  checkBoundary(line: Buffer): number | false;
  compareBoundary(line: Buffer, start: number, boundary: Buffer): number | false;
}

/** mailsplit's word for the delimiter before a part of the node that it is in. */
const NEXT_CHILD = 1;
const DASH = 0x2d;

/** Has the splitter take a multipart's delimiter for what it is in the multipart's header, too. */
export function endHeadersAtDelimiters(splitter: Splitter): void {
  const checkBoundary = splitter.checkBoundary;
  let watch = createBoundaryWatch();
  let watched: Splitter["node"] | undefined;
  let lines = 0;

  function declaredBoundary(node: Splitter["node"]): string | undefined {
    if (node !== watched) {
      watch = createBoundaryWatch();
      watched = node;
      lines = 0;
    }
    for (; lines < node._headersLines.length; lines++) watch.add(node._headersLines[lines]?.toString("latin1") ?? "");
    return watch.boundary();
  }

  splitter.checkBoundary = (line) => {
    const { node } = splitter;
    if (!node.headers && line[0] === DASH && line[1] === DASH) {
      const declared = Buffer.from(declaredBoundary(node) ?? "", "latin1");
      if (declared.length > 0 && splitter.compareBoundary(line, 0, declared) === NEXT_CHILD) {
        node._boundary = declared;
        return NEXT_CHILD;
      }
    }
    return checkBoundary.call(splitter, line);
  };
}
