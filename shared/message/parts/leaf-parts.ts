import { Readable } from "node:stream";
import type { AttachmentStream } from "mailparser";
import { MAX_ALL_PART_HEADER_BYTES } from "../limits.ts";
import { createLeafParser, type NodeHeader } from "./leaf-parser.ts";
import type { PartHeader } from "./part-header.ts";
import type { Preamble } from "./preambles.ts";

/** One part of a mail that holds no further parts, its transfer encoding undone. It must be read or drained, then released. */
export interface LeafPart extends PartHeader {
  /** The mail has no parts: this is all of it. */
  readonly isWhole: boolean;
  /** It says that it is a multipart, and none of its parts was found: it is text, as its reader sees it then. */
  readonly lacksParts: boolean;
  /** Lines of the header that are text to a stricter reader, bytes. None in ordinary mail. */
  readonly doubtful: Buffer;
  readonly content: Readable;
  /** Once `content` has ended: other readings of a text whose transfer encoding is broken, bytes. None in ordinary mail. */
  asides(): readonly Buffer[];
  /** Lets the parser go on. Called once, after `content` has ended. */
  release(): void;
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
  const { parser, headerOf, headerBytes, preambles } = createLeafParser();
  let open: Readable | undefined;
  // A parser that fails leaves the part that is being read without an end.
  parser.on("error", (error) => open?.destroy(error));
  mail.on("error", (error) => parser.destroy(error));
  mail.pipe(parser);
  try {
    for await (const part of parser) {
      if (headerBytes() > MAX_ALL_PART_HEADER_BYTES) throw new PartHeadersError();
      const header = isAttachment(part) ? headerOf(part.headers) : undefined;
      if (header === undefined) continue;
      open = part.content;
      // Whoever reads the part is told by its iterator; without a listener the same error would end the process.
      open?.on("error", () => {});
      yield toLeafPart(part, header);
      part.headers.clear();
    }
    for (const preamble of preambles()) yield wholeMultipart(preamble);
  } finally {
    mail.unpipe(parser);
    parser.destroy();
  }
}

function isAttachment(part: unknown): part is AttachmentStream {
  return typeof part === "object" && part !== null && "type" in part && part.type === "attachment";
}

function toLeafPart({ content, release }: AttachmentStream, header: NodeHeader): LeafPart {
  return { ...asLeaf(header), content, asides: header.decoding.asides, release: () => release?.() };
}

function wholeMultipart({ header, bytes }: Preamble<NodeHeader>): LeafPart {
  return {
    ...asLeaf(header),
    content: Readable.from([bytes], { objectMode: false }),
    asides: () => [],
    release: () => {},
  };
}

/** The type of what was meant to be a multipart says nothing of the text that it is. */
function asLeaf(header: NodeHeader): NodeHeader & { readonly lacksParts: boolean } {
  const lacksParts = header.contentType.startsWith("multipart/");
  return { ...header, lacksParts, contentType: lacksParts ? "text/plain" : header.contentType };
}
