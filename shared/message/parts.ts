import { decodeText } from "./charset.ts";
import { cleanFilename } from "./filename.ts";
import { unflow } from "./flowed.ts";
import type { LeafPart } from "./leaf-parts.ts";
import type { Attachment } from "./message.ts";
import type { ProblemCode } from "./problems.ts";
import { decodeTransfer } from "./transfer-encoding.ts";

/** What a leaf part is to a person. */
export type PartKind = "plain" | "html" | "message" | "report" | "file";

/** What the types are that are no file. */
const KINDS: Readonly<Record<string, PartKind>> = {
  "text/plain": "plain",
  "text/enriched": "plain",
  "text/richtext": "plain",
  "text/markdown": "plain",
  "text/html": "html",
  "application/xhtml+xml": "html",
  "message/rfc822": "message",
  "message/global": "message",
  "message/delivery-status": "report",
  "message/global-delivery-status": "report",
  "message/feedback-report": "report",
  "message/disposition-notification": "report",
  "message/global-disposition-notification": "report",
};

/** RFC 2045 section 5.2: a type that is none, such as `text` without a subtype, counts as text/plain. */
const TYPE = /^[^\s/]+\/[^\s/]+$/;

export function partKind(part: LeafPart): PartKind {
  const kind = KINDS[part.contentType] ?? (TYPE.test(part.contentType) ? "file" : "plain");
  const isSaved = part.disposition === "attachment" && !part.isWhole;
  return isSaved && (kind === "plain" || kind === "html") ? "file" : kind;
}

/** How a part is listed. */
export function toAttachment(part: LeafPart, size: number): Attachment {
  const inline = part.disposition === "inline" || (part.disposition === undefined && part.hasContentId);
  return { filename: cleanFilename(part.filename), contentType: part.contentType, size, inline };
}

/** The text of a text part, line ends as `\n`. */
export function readText(part: LeafPart, content: Buffer): { text: string; problem?: ProblemCode } {
  const bytes = decodeTransfer(content, part.encodingLeft);
  const charset = part.charset ?? (part.contentType === "text/html" ? metaCharset(bytes) : undefined);
  const decoded = decodeText(bytes, charset);
  const text = textLines(decoded.text);
  return { ...decoded, text: part.flowed && part.contentType === "text/plain" ? unflow(text, part.delSp) : text };
}

/** Text with line ends of LF alone. */
export function textLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** How far HTML is looked into for its charset (HTML Standard: the first 1,024 bytes). */
const META_BYTES = 1024;

/** The charset that HTML declares in itself, for mail that declares none. */
function metaCharset(bytes: Buffer): string | undefined {
  return /<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})/i.exec(
    bytes.toString("latin1", 0, META_BYTES),
  )?.[1];
}
