import type { PartHeader } from "./part-header.ts";

/** What a leaf part is to a person. */
export type PartKind = "plain" | "html" | "message" | "report" | "tnef" | "file";

/** What the types are that are no file. */
const KINDS: ReadonlyMap<string, PartKind> = new Map(
  Object.entries<PartKind>({
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
    "message/news": "message",
    // The header of a returned original, which is all of it that some reports give back (RFC 6522 section 4, RFC 6533 section 4).
    "text/rfc822-headers": "message",
    "message/global-headers": "message",
    // Fields that describe a file which lies elsewhere, and text for the server that has it (RFC 2046 section 5.2.3).
    "message/external-body": "message",
    "message/delivery-status": "report",
    "message/global-delivery-status": "report",
    "message/feedback-report": "report",
    "message/disposition-notification": "report",
    "message/global-disposition-notification": "report",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
  }),
);

/** A type and its subtype. RFC 2045 section 5.2: what is none, such as `text` without a subtype, counts as text/plain. */
const TYPE = /^[^\s/]+\/[^\s/]+$/;

/** Outlook's name for the file in which it packs attachments, by which other programs know it whatever its type. */
const TNEF_NAME = /^\s*winmail\.dat\s*$/i;

/** What a leaf part is to a person. A text type that nobody knows is plain text (RFC 2046 section 4.1.4), unless it is a named file. */
export function partKind(part: PartHeader & { readonly isWhole: boolean }): PartKind {
  if (part.contentType === "message/partial") return fragmentKind(part);
  const kind = KINDS.get(part.contentType) ?? (isPlain(part) ? "plain" : "file");
  if (kind === "file" && part.names.some((name) => TNEF_NAME.test(name))) return "tnef";
  const isSaved = part.disposition === "attachment" && !part.isWhole;
  return isSaved && isText(kind) ? "file" : kind;
}

/** Whether a part is shown as text. */
export function isText(kind: PartKind): kind is "plain" | "html" {
  return kind === "plain" || kind === "html";
}

function isPlain({ contentType, names }: PartHeader): boolean {
  return !TYPE.test(contentType) || (contentType.startsWith("text/") && names.length === 0);
}

/** The first fragment of a cut message begins with its header, and the others are text (RFC 2046 section 5.2.2). */
function fragmentKind({ number }: PartHeader): PartKind {
  return number === 1 ? "message" : "plain";
}
