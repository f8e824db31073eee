import { decodeText } from "../charset/decode-text.ts";
import type { Attachment } from "../message.ts";
import type { ProblemCode } from "../problems.ts";
import { textLines } from "../slices.ts";
import { cleanFilename } from "./filename.ts";
import { unflow } from "./flowed.ts";
import type { LeafPart } from "./part-splitter.ts";

/** How a part is listed. */
export function toAttachment({ names, contentType, disposition, hasContentId }: LeafPart, size: number): Attachment {
  const inline = disposition === "inline" || (disposition === undefined && hasContentId);
  return { ...namedAs(names), contentType, size, inline };
}

/** The name that counts, and those beside it that a mail program might show instead, all of them cleaned. */
export function namedAs(names: readonly string[]): Pick<Attachment, "filename" | "otherNames"> {
  const [filename = null, ...otherNames] = new Set(names.map(cleanFilename).filter((name) => name !== null));
  return { filename, ...(otherNames.length > 0 && { otherNames }) };
}

/**
 * The text of a text part, line ends as `\n`.
 *
 * @param likely charsets and languages that the mail names elsewhere: see `decodeText`
 */
export function readText(
  part: LeafPart,
  bytes: Buffer,
  likely: readonly string[] = [],
): { text: string; problem?: ProblemCode } {
  const isHtml = part.contentType === "text/html" || part.contentType === "application/xhtml+xml";
  const charset = part.charset ?? (isHtml ? metaCharset(bytes) : undefined);
  const language = isHtml ? htmlLanguage(bytes) : undefined;
  const decoded = decodeText(bytes, charset, language === undefined ? likely : [language, ...likely]);
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

/** The language that HTML declares for itself. English says nothing: it is what templates come with. */
function htmlLanguage(bytes: Buffer): string | undefined {
  const start = bytes.toString("latin1", 0, META_BYTES);
  return /<html\s[^>]{0,200}?lang\s{0,9}=\s{0,9}["']?([a-z]{2,3}(?:-[a-z]{2,8})?)/i.exec(start)?.[1];
}
