import { decodeText } from "./charset.ts";
import { cleanFilename } from "./filename.ts";
import { unflow } from "./flowed.ts";
import type { LeafPart } from "./leaf-parts.ts";
import type { Attachment } from "./message.ts";
import type { ProblemCode } from "./problems.ts";
import { textLines } from "./slices.ts";

/** What a leaf part is to a person. */
export type PartKind = "plain" | "html" | "message" | "report" | "file";

/** What the types are that are no file. */
const KINDS: Readonly<Record<string, PartKind>> = {
  "text/plain": "plain",
  "text/calendar": "file",
  "text/css": "file",
  "text/enriched": "plain",
  "text/richtext": "plain",
  "text/markdown": "plain",
  "text/html": "html",
  "application/xhtml+xml": "html",
  "message/rfc822": "message",
  "message/global": "message",
  // The header of a returned original, which is all of it that some reports give back (RFC 6522 section 4).
  "text/rfc822-headers": "message",
  "message/delivery-status": "report",
  "message/global-delivery-status": "report",
  "message/feedback-report": "report",
  "message/disposition-notification": "report",
  "message/global-disposition-notification": "report",
};

/** A type and its subtype. RFC 2045 section 5.2: what is none, such as `text` without a subtype, counts as text/plain. */
const TYPE = /^[^\s/]+\/[^\s/]+$/;

/** What a leaf part is to a person. A text type that nobody knows is plain text (RFC 2046 section 4.1.4), unless it is a named file. */
export function partKind(part: LeafPart): PartKind {
  const kind = KINDS[part.contentType] ?? (isPlain(part) ? "plain" : "file");
  const isSaved = part.disposition === "attachment" && !part.isWhole;
  return isSaved && (kind === "plain" || kind === "html") ? "file" : kind;
}

function isPlain({ contentType, filename }: LeafPart): boolean {
  return !TYPE.test(contentType) || (contentType.startsWith("text/") && filename === undefined);
}

/** How a part is listed. */
export function toAttachment(part: LeafPart, size: number): Attachment {
  const inline = part.disposition === "inline" || (part.disposition === undefined && part.hasContentId);
  return { filename: cleanFilename(part.filename), contentType: part.contentType, size, inline };
}

/** The text of a text part, line ends as `\n`. */
export function readText(part: LeafPart, bytes: Buffer): { text: string; problem?: ProblemCode } {
  const charset = part.charset ?? (part.contentType === "text/html" ? metaCharset(bytes) : undefined);
  const decoded = decodeText(bytes, charset);
  const text = textLines(decoded.text);
  return { ...decoded, text: part.flowed && part.contentType === "text/plain" ? unflow(text, part.delSp) : text };
}

/** How far HTML is looked into for its charset (HTML Standard: the first 1,024 bytes). */
const META_BYTES = 1024;

/** The charset that HTML declares in itself, for mail that declares none. */
function metaCharset(bytes: Buffer): string | undefined {
  return /<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})/i.exec(
    bytes.toString("latin1", 0, META_BYTES),
  )?.[1];
}
