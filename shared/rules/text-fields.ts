import type { VisibleText } from "../message/html/visible-text.ts";
import type { Attachment, HeaderField, Mailbox, Message, ReportKind } from "../message/message.ts";
import type { TextField } from "./vocabulary.ts";

/** One text that a field consists of. Each is searched on its own: what spans two of them was written by nobody. */
export interface TextPart {
  readonly text: string;
  /** Which one, where the field has several. */
  readonly where?: string;
  /** Ranges of `text` that a person does not see, ascending. */
  readonly hidden?: readonly (readonly [start: number, end: number])[];
}

/** What is searched at one go: a field of the mail itself, or the words of the messages attached to it. */
export type TextSource = TextField | "nested";

/** In these the attached message is what was returned or reported: the words of another mail, often our own. */
const RETURNS_ORIGINAL: ReadonlySet<ReportKind | null> = new Set([
  "delivery-status",
  "feedback-report",
  "disposition-notification",
]);

interface SearchedMessage {
  readonly message: Message;
  /** `nested[0].`, `nested[0].nested[2].`; empty for the mail itself. */
  readonly where: string;
}

/** The messages attached to a message, at any depth, but for returned originals. The parser bounds their number and depth. */
function nestedIn(message: Message, where = ""): readonly SearchedMessage[] {
  if (RETURNS_ORIGINAL.has(message.report)) return [];
  return message.nested.flatMap((nested, index) => {
    const inside = `${where}nested[${index}].`;
    return [{ message: nested, where: inside }, ...nestedIn(nested, inside)];
  });
}

/**
 * The sources of the fields that a condition searches, with the field that each counts as.
 *
 * The words of attached messages count as `text`. A text that was made from the HTML is the same words twice: it counts
 * once, as `html` where that is searched.
 */
export function sourcesOf(
  fields: readonly TextField[],
  message: Message,
): readonly { field: TextField; source: TextSource }[] {
  return [...new Set(fields)].flatMap((field): { field: TextField; source: TextSource }[] => {
    if (field !== "text") return [{ field, source: field }];
    const nested = { field, source: "nested" } as const;
    if (!message.textFromHtml) return [{ field, source: field }, nested];
    return fields.includes("html") ? [nested] : [{ field, source: "html" }, nested];
  });
}

/** The texts of a source. */
export function partsOf(source: TextSource, message: Message): readonly TextPart[] {
  return isHeader(source) ? headerParts(source, message.headers) : PARTS[source](message);
}

const PARTS: Readonly<Record<Exclude<TextSource, `header:${string}`>, (message: Message) => readonly TextPart[]>> = {
  subject: ({ subject }) => [{ text: subject }],
  text: ({ text }) => [{ text }],
  html: ({ htmlText }) => htmlParts(htmlText),
  nested: (message) => nestedIn(message).flatMap(wordsOf),
  from: ({ from }) => mailboxParts("from", from),
  to: ({ to, cc }) => [...mailboxParts("to", to), ...mailboxParts("cc", cc)],
  attachmentNames: (message) => attachmentsOf(message).flatMap(nameParts),
  attachmentTypes: (message) => attachmentsOf(message).map(({ where, contentType }) => ({ text: contentType, where })),
};

function wordsOf({ message, where }: SearchedMessage): readonly TextPart[] {
  const { subject, text, textFromHtml, htmlText } = message;
  const parts: readonly TextPart[] = [
    { text: subject, where: `${where}subject` },
    { text: textFromHtml ? "" : text, where: `${where}text` },
    ...htmlParts(htmlText, where),
  ];
  return parts.filter((part) => part.text !== "");
}

/** What is seen of HTML and what is hidden; and the text as if nothing were, for words that both have letters of. */
function htmlParts({ unhidden, ...htmlText }: VisibleText, where = ""): readonly TextPart[] {
  const seen = where === "" ? htmlText : { ...htmlText, where: `${where}html` };
  return unhidden === undefined ? [seen] : [seen, { ...unhidden, where: `${where}htmlText.unhidden` }];
}

function mailboxParts(header: string, mailboxes: readonly Mailbox[]): readonly TextPart[] {
  return mailboxes.flatMap(({ name, address }, index) => [
    { text: name, where: `${header}[${index}].name` },
    { text: address, where: `${header}[${index}].address` },
  ]);
}

interface ListedAttachment extends Attachment {
  readonly where: string;
}

/** The attachments of the mail and of the messages attached to it. */
export function attachmentsOf(message: Message): readonly ListedAttachment[] {
  return [{ message, where: "" }, ...nestedIn(message)].flatMap(({ message: { attachments }, where }) =>
    attachments.map((attachment, index) => ({ ...attachment, where: `${where}attachments[${index}]` })),
  );
}

/** Its name, and the names that other mail programs show. */
function nameParts({ where, filename, otherNames = [] }: ListedAttachment): readonly TextPart[] {
  const others = otherNames.map((text, index) => ({ text, where: `${where}.otherNames[${index}]` }));
  return filename === null ? others : [{ text: filename, where }, ...others];
}

function isHeader(source: TextSource): source is `header:${string}` {
  return source.startsWith("header:");
}

function headerParts(field: `header:${string}`, headers: readonly HeaderField[]): readonly TextPart[] {
  const name = field.slice("header:".length).toLowerCase();
  const values = headers.filter((header) => header.name === name).map(({ value }) => value);
  return values.map((text, index) => (values.length > 1 ? { text, where: `${field}[${index}]` } : { text }));
}
