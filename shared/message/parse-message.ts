import type { Readable } from "node:stream";
import { readAddresses } from "./addresses.ts";
import { decodeText } from "./charset.ts";
import { parseMailDate } from "./date.ts";
import { decodeHeaderValue } from "./encoded-words.ts";
import type { HeaderBlock, RawField } from "./header-block.ts";
import { htmlToText } from "./html-text.ts";
import { MAX_NESTED_MESSAGES, MAX_TEXT_BYTES } from "./limits.ts";
import type { Message } from "./message.ts";
import { textLines } from "./parts.ts";
import { type Problem, problem } from "./problems.ts";
import { createRawMail, type RawMailEnd } from "./raw-mail.ts";
import { type Budget, type Parts, readParts } from "./read-parts.ts";
import { reportKind } from "./report-kind.ts";

/**
 * Parses one raw mail.
 *
 * Whatever the mail contains, it gives a message: what could not be read, or is beyond a limit, is told in `problems`.
 * A stream is never held whole; it is read to its end.
 *
 * @throws only what reading the stream throws: then it is the store that failed, and reading can be tried again
 */
export function parseMessage(raw: Readable | Uint8Array): Promise<Message> {
  return parseAtDepth(raw, 0, { text: { left: MAX_TEXT_BYTES }, nestedMessages: MAX_NESTED_MESSAGES });
}

async function parseAtDepth(raw: Readable | Uint8Array, depth: number, budget: Budget): Promise<Message> {
  const mail = createRawMail(raw);
  const readNested = (nested: Readable) => parseAtDepth(nested, depth + 1, budget);
  const parts = await readParts(mail.mime(), { depth, budget, readNested });
  return toMessage(await mail.finish(), parts);
}

function toMessage(mail: RawMailEnd, parts: Parts): Message {
  const { fields } = mail.header;
  const charset = declaredCharset(fields);
  const headers = fields.map(({ name, value }) => ({ name, value: decodeHeaderValue(value, charset) }));
  const first = (name: string): string | undefined => headers.find((field) => field.name === name)?.value;
  const date = parseMailDate(first("date") ?? "");
  const html = parts.html.join("\n");
  const htmlText = htmlToText(html);
  const plain = parts.count === 0 ? textLines(decodeText(mail.bodyStart, charset).text) : parts.plain.join("\n");
  const textFromHtml = plain.trim() === "" && htmlText.text !== "";
  return {
    size: mail.size,
    sha256: mail.sha256,
    headers,
    rawHeaders: fields,
    subject: first("subject") ?? "",
    from: readAddresses(fields, "from", charset),
    to: readAddresses(fields, "to", charset),
    cc: readAddresses(fields, "cc", charset),
    replyTo: readAddresses(fields, "reply-to", charset),
    date,
    messageIdHeader: messageId(first("message-id")),
    text: textFromHtml ? htmlText.text : plain,
    html,
    htmlText,
    textFromHtml,
    attachments: parts.attachments,
    nested: parts.nested,
    report: reportKind(headers, parts.reportTypes),
    problems: [
      ...headerProblems(mail.header, mail.size),
      ...dateProblems(first("date"), date),
      ...parts.problems,
      ...(parts.count === 0 && mail.bodyStart.length > 0 ? [problem("noParts")] : []),
    ],
  };
}

/** The charset that the mail declares for its body: the best guess for raw 8-bit header text. */
function declaredCharset(fields: readonly RawField[]): string | undefined {
  const contentType = fields.find(({ name }) => name === "content-type")?.value ?? "";
  return /;\s{0,99}charset\s{0,9}=\s{0,9}"?([\w.:+-]{1,80})/i.exec(contentType.slice(0, 1000))?.[1];
}

/** RFC 5322 section 3.6.4 in angle brackets, which some senders leave out. */
function messageId(value: string | undefined): string | null {
  if (value === undefined || value.trim() === "") return null;
  return /<[^<>]+>/.exec(value.slice(0, 1000))?.[0] ?? value.trim();
}

function headerProblems(header: HeaderBlock, size: number): Problem[] {
  if (size === 0) return [problem("empty")];
  if (header.fields.length === 0) return [problem("noHeaders")];
  return header.cut ? [problem("headersTooLarge")] : [];
}

function dateProblems(value: string | undefined, date: string | null): Problem[] {
  return value !== undefined && date === null ? [problem("badDate")] : [];
}
