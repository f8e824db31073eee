import type { Readable, Transform } from "node:stream";
import { type AttachmentStream, type HeaderValue, MailParser, type StructuredHeader } from "mailparser";
import { HEADER_FIELD_COST, MAX_ALL_PART_HEADER_BYTES, MAX_NODES, MAX_PART_HEADER_BYTES } from "./limits.ts";
import { createQuotedPrintableDecoder, transferEncodingOf } from "./transfer-encoding.ts";

/** One part of a mail that holds no further parts, its transfer encoding undone. It must be read or drained, then released. */
export interface LeafPart {
  /** Lower case `type/subtype`, or what stands in its place. */
  readonly contentType: string;
  readonly charset: string | undefined;
  readonly flowed: boolean;
  readonly delSp: boolean;
  readonly disposition: string | undefined;
  readonly filename: string | undefined;
  /** The mail has no parts: this is all of it. */
  readonly isWhole: boolean;
  readonly hasContentId: boolean;
  readonly content: Readable;
  /** Lets the parser go on. Called once, after `content` has ended. */
  release(): void;
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

/** What we touch of a node of mailparser's tree, before mailparser makes a part of it. */
interface Node {
  readonly parentNode: { readonly multipart: string | false } | false;
  readonly headers: { hasHeader(name: string): boolean; readonly lines: { readonly line: string }[] | false };
  contentType: string | false;
  encoding: string | false;
  getDecoder(): Transform;
}

const { createNode } = MailParser.prototype as unknown as { createNode(this: MailParser, node: Node): unknown };

/**
 * mailparser as we use it: MIME structure and transfer encodings. All that is text to a person (charsets, HTML, headers,
 * dates) we read ourselves, from the bytes, because mailparser decodes in ways that cannot be undone.
 *
 * Two things reach behind its types, and tests watch that they go on to work. `textTypes` is empty, so that text parts
 * come as parts too. And each node is put right before it is used: its transfer encoding may be written loosely
 * (`base64;`), a part of a digest is a message unless it says otherwise (RFC 2046 section 5.1.5), and quoted-printable is
 * decoded as it comes, where mailparser would hold all 40 MB of it and their matches.
 */
class LeafParser extends MailParser {
  textTypes: readonly string[] = [];
  /** Of all nodes that came until now, with what their fields cost besides. */
  headerBytes = 0;

  createNode(node: Node): unknown {
    node.encoding = transferEncodingOf(node.encoding || "");
    if (node.encoding === "quoted-printable") node.getDecoder = createQuotedPrintableDecoder;
    const isInDigest = node.parentNode !== false && node.parentNode.multipart === "digest";
    if (isInDigest && !node.headers.hasHeader("content-type")) node.contentType = "message/rfc822";
    const part = createNode.call(this, node);
    for (const { line } of node.headers.lines || []) this.headerBytes += HEADER_FIELD_COST + line.length;
    // mailparser keeps every part until the mail ends, and a megabyte of header lines is ten in objects.
    if (node.headers.lines) node.headers.lines.length = 0;
    return part;
  }
}

/** The parts of a mail have more header together than is read. */
export class PartHeadersError extends Error {
  override readonly name = "PartHeadersError";
}

/**
 * The leaf parts of a mail, in order, as they arrive.
 *
 * @throws what mailparser throws (EMAXLEN at a limit), or PartHeadersError, after the parts that it found until then; the part that is being
 * read then fails too
 */
export async function* leafParts(mail: Readable): AsyncGenerator<LeafPart> {
  const parser = new LeafParser(LEAN);
  let open: Readable | undefined;
  // A parser that fails leaves the part that is being read without an end.
  parser.on("error", (error) => open?.destroy(error));
  mail.on("error", (error) => parser.destroy(error));
  mail.pipe(parser);
  try {
    for await (const part of parser) {
      if (parser.headerBytes > MAX_ALL_PART_HEADER_BYTES) throw new PartHeadersError();
      if (!isAttachment(part)) continue;
      open = part.content;
      // Whoever reads the part is told by its iterator; without a listener the same error would end the process.
      open.on("error", () => {});
      yield toLeafPart(part);
      part.headers.clear();
    }
  } finally {
    mail.unpipe(parser);
    parser.destroy();
  }
}

function isAttachment(part: unknown): part is AttachmentStream {
  return typeof part === "object" && part !== null && "type" in part && part.type === "attachment";
}

function toLeafPart(part: AttachmentStream): LeafPart {
  const declared = part.headers.get("content-type");
  const disposition = part.headers.get("content-disposition");
  const { value, params } = isStructured(declared) ? declared : { value: part.contentType, params: {} };
  return {
    // mailparser guesses a better type for application/octet-stream from the file name; what is said counts here.
    contentType: (value.trim().split(/[\s;,]/)[0] ?? "").toLowerCase(),
    charset: params["charset"],
    flowed: params["format"]?.toLowerCase().trim() === "flowed",
    delSp: params["delsp"]?.toLowerCase().trim() === "yes",
    disposition: part.contentDisposition,
    // Some senders put the name into a parameter of the wrong field.
    filename: part.filename ?? (isStructured(disposition) ? disposition.params["name"] : undefined),
    isWhole: part.partId === null,
    hasContentId: part.contentId !== undefined,
    content: part.content,
    release: () => part.release?.(),
  };
}

function isStructured(value: HeaderValue | undefined): value is StructuredHeader {
  return typeof value === "object" && "params" in value && "value" in value && typeof value.value === "string";
}
