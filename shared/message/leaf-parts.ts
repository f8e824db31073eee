import type { Readable } from "node:stream";
import { type AttachmentStream, type HeaderValue, MailParser, type StructuredHeader } from "mailparser";
import { MAX_NODES } from "./limits.ts";

/** One part of a mail that holds no further parts, its transfer encoding undone. It must be read or drained, then released. */
export interface LeafPart {
  /** Lower case `type/subtype`, or what stands in its place. */
  readonly contentType: string;
  readonly charset: string | undefined;
  /** The transfer encoding that mailparser did not undo, because it is written in a way of its own: `base64;`. */
  readonly encodingLeft: "base64" | "quoted-printable" | undefined;
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

/**
 * mailparser as we use it: MIME structure and transfer encodings. All that is text to a person (charsets, HTML, headers,
 * dates) we read ourselves, from the bytes, because mailparser decodes in ways that cannot be undone.
 *
 * Two settings make it so. `ignoreEmbedded`: attached messages come as parts and never run into the text of the mail
 * that carries them. `textTypes` empty: text parts come as parts too. It is a plain field of mailparser's class, though
 * not in its types; a test watches that it goes on to work.
 */
class LeafParser extends MailParser {
  textTypes: readonly string[] = [];
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
} as const;

/**
 * The leaf parts of a mail, in order, as they arrive.
 *
 * @throws what mailparser throws (EMAXLEN at a limit), after the parts that it found until then; the part that is being
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
      if (!isAttachment(part)) continue;
      open = part.content;
      // Whoever reads the part is told by its iterator; without a listener the same error would end the process.
      open.on("error", () => {});
      yield toLeafPart(part);
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
    contentType: value.toLowerCase(),
    charset: params["charset"],
    encodingLeft: encodingLeft(part.headers.get("content-transfer-encoding")),
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

/** mailparser knows the two words as they are, a comment behind them at most (RFC 2045 section 6.1). */
function encodingLeft(value: HeaderValue | undefined): LeafPart["encodingLeft"] {
  const said =
    typeof value === "string"
      ? value
          .replace(/\([^()]{0,200}\)/g, "")
          .trim()
          .toLowerCase()
      : "";
  const word = /^["']?(base64|quoted-printable)\b/.exec(said)?.[1];
  return said === word || (word !== "base64" && word !== "quoted-printable") ? undefined : word;
}

function isStructured(value: HeaderValue | undefined): value is StructuredHeader {
  return typeof value === "object" && "params" in value && "value" in value && typeof value.value === "string";
}
