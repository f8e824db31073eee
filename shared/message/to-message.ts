import { decodeText } from "./charset/decode-text.ts";
import { readAddresses } from "./header/addresses.ts";
import { parseMailDate } from "./header/date.ts";
import { decodeHeaderValue } from "./header/encoded-words.ts";
import type { HeaderBlock } from "./header/header-block.ts";
import type { RawField } from "./header/header-fields.ts";
import { htmlToText } from "./html/html-text.ts";
import { MAX_ADDRESSES } from "./limits.ts";
import type { HeaderField, Message } from "./message.ts";
import type { Parts } from "./parts/gathered-parts.ts";
import { NO_BYTES } from "./parts/transfer-encoding.ts";
import { type Problem, problem } from "./problems.ts";
import type { RawMailEnd } from "./raw-mail.ts";
import { reportKind } from "./report-kind.ts";
import { textLines } from "./slices.ts";

/** Puts together what was read of a mail: its header, and its parts. */
export function toMessage(mail: RawMailEnd, parts: Parts): Message {
  const { fields } = mail.header;
  const charset = declaredCharset(fields);
  const likely = [...(charset === undefined ? parts.charsets : [charset]), ...languages(fields)];
  const headers = fields.map(({ name, value }) => ({ name, value: decodeHeaderValue(value, ...likely) }));
  const first = (name: string): string | undefined => headers.find((field) => field.name === name)?.value;
  const date = parseMailDate(first("date") ?? "");
  const html = parts.html.join("\n");
  const htmlText = htmlToText(html);
  const loose = parts.count === 0 ? mail.bodyStart() : NO_BYTES;
  const plain = parts.count === 0 ? textLines(decodeText(loose, charset, likely).text) : parts.plain.join("\n");
  const doubtful = [mail.header.doubtful]
    .filter((lines) => lines.length > 0)
    .map((lines) => textLines(decodeText(lines, undefined, likely).text))
    .concat(parts.doubtful);
  const textFromHtml = plain.trim() === "" && htmlText.text !== "";
  const addresses = {
    from: readAddresses(fields, "from", ...likely),
    to: readAddresses(fields, "to", ...likely),
    cc: readAddresses(fields, "cc", ...likely),
    replyTo: readAddresses(fields, "reply-to", ...likely),
  };
  return {
    size: mail.size,
    sha256: mail.sha256,
    headers,
    rawHeaders: fields,
    subject: first("subject") ?? "",
    ...addresses,
    date,
    messageIdHeader: messageId(first("message-id")),
    text: [textFromHtml ? htmlText.text : plain, ...doubtful].join("\n"),
    html,
    htmlText,
    textFromHtml,
    attachments: parts.attachments,
    nested: parts.nested,
    report: reportKind(
      headers,
      parts.reportParts.map(({ contentType }) => contentType),
    ),
    reportParts: parts.reportParts,
    problems: eachOnce([
      ...(mail.isTooLarge ? [problem("tooLarge")] : []),
      ...headerProblems(mail.header, mail.size),
      ...(doubtful.length > 0 ? [problem("brokenHeader")] : []),
      ...dateProblems(first("date"), date),
      ...(Object.values(addresses).some(({ length }) => length >= MAX_ADDRESSES) ? [problem("tooManyAddresses")] : []),
      ...(isUndecoded(headers, fields) ? [problem("undecodableText", "in a header")] : []),
      ...parts.problems,
      ...(loose.length > 0 ? [problem("noParts")] : []),
    ]),
  };
}

/** The languages that the mail says it is in (RFC 3282): a hint for text without a charset. */
function languages(fields: readonly RawField[]): readonly string[] {
  const value = fields.find(({ name }) => name === "content-language")?.value ?? "";
  return value.slice(0, 100).match(/[A-Za-z]{2,3}(?:-[A-Za-z]{2,8})?/g) ?? [];
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
  return [
    ...(header.cut ? [problem("headersTooLarge")] : []),
    ...(header.fields.length === 0 ? [problem("noHeaders")] : []),
  ];
}

/** Whether decoding left a replacement character in a field that had none. */
function isUndecoded(headers: readonly HeaderField[], raw: readonly RawField[]): boolean {
  return headers.some(({ value }, at) => value.includes("\ufffd") && value !== raw[at]?.value);
}

function dateProblems(value: string | undefined, date: string | null): Problem[] {
  return value !== undefined && date === null ? [problem("badDate")] : [];
}

/** A thousand parts in an unknown charset are one thing to know. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((found) => [found.code, found])).values()];
}
