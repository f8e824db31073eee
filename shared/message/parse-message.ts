import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { decodeText } from "./charset/decode-text.ts";
import { readAddresses } from "./header/addresses.ts";
import { parseMailDate } from "./header/date.ts";
import { decodeHeaderValue } from "./header/encoded-words.ts";
import type { HeaderBlock } from "./header/header-block.ts";
import type { RawField } from "./header/header-fields.ts";
import { htmlToText } from "./html/html-text.ts";
import {
  HEADER_FIELD_COST,
  MAX_ADDRESSES,
  MAX_ALL_HEADER_BYTES,
  MAX_ALL_PARTS,
  MAX_HEADER_BYTES,
  MAX_MAIL_BYTES,
  MAX_NESTED_MESSAGES,
  MAX_REPORT_BYTES,
  MAX_TEXT_BYTES,
  MIN_HEADER_BYTES,
} from "./limits.ts";
import type { HeaderField, Message } from "./message.ts";
import type { MessageReader, ParseOptions, Parts, Reading } from "./parts/gathered-parts.ts";
import { createPartsReader } from "./parts/read-parts.ts";
import { NO_BYTES } from "./parts/transfer-encoding.ts";
import { type Problem, problem } from "./problems.ts";
import { createRawMail, type RawMailEnd } from "./raw-mail.ts";
import { reportKind } from "./report-kind.ts";
import { textLines } from "./slices.ts";

/**
 * Parses one raw mail.
 *
 * Whatever the mail contains, it gives a message: what could not be read, or is beyond a limit, is told in `problems`.
 * A stream is never held whole; it is read to its end, unless the mail is larger than MAX_MAIL_BYTES.
 *
 * @param size of the stream in bytes, where it is known: of a mail too large no more than the header is read then
 * @throws only what reading the stream throws: then it is the store that failed, and reading can be tried again
 */
export async function parseMessage(
  raw: Readable | Uint8Array,
  size?: number,
  options: ParseOptions = {},
): Promise<Message> {
  const budget = {
    text: { left: MAX_TEXT_BYTES },
    report: { left: MAX_REPORT_BYTES },
    nestedMessages: MAX_NESTED_MESSAGES,
    headerBytes: MAX_ALL_HEADER_BYTES,
    parts: MAX_ALL_PARTS,
  };
  const isStream = raw instanceof Readable;
  const reader = createMessageReader({ depth: 0, budget, options }, isStream ? size : raw.byteLength);
  const wantsAll = await pushAll(isStream ? raw.iterator({ destroyOnReturn: false }) : slices(raw), reader);
  if (isStream && !wantsAll) raw.destroy();
  return reader.end();
}

/** Bytes that are read at one go: some tens of milliseconds at most, in which nothing else runs. */
const SLICE = 64 * 1024;

function* slices({ buffer, byteOffset, byteLength }: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < byteLength; at += SLICE)
    yield Buffer.from(buffer, byteOffset + at, Math.min(SLICE, byteLength - at));
}

/** @returns whether all of it was wanted */
async function pushAll(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, reader: MessageReader): Promise<boolean> {
  let sinceBreath = 0;
  for await (const chunk of chunks) {
    if (!reader.push(chunk)) return false;
    sinceBreath += chunk.length;
    if (sinceBreath < BREATH) continue;
    sinceBreath = 0;
    // A promise that is settled already lets nothing else have its turn.
    await setImmediate();
  }
  return true;
}

/** Bytes after which others have their turn. */
const BREATH = 1024 * 1024;

/**
 * Parses the header of a mail and no more of it, because runs that read on have died. The rest is passed over: whether the bytes are
 * those that were stored, a stream tells at its end.
 *
 * @throws only what reading the stream throws
 */
export async function parseHeader(raw: Readable, size = 0): Promise<Message> {
  const start = Readable.from(raw.iterator({ destroyOnReturn: false }), { objectMode: false });
  // Of a mail that is too large the header alone is read.
  const message = await parseMessage(start, Number.POSITIVE_INFINITY);
  if (size > MAX_MAIL_BYTES) raw.destroy();
  else await passOver(raw);
  const problems = message.problems.filter(({ code }) => code !== "tooLarge");
  return { ...message, size, problems: [problem("givenUp"), ...problems] };
}

/** Reads a stream to its end; one that is larger than any mail is destroyed. */
async function passOver(stream: Readable): Promise<void> {
  let passed = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    passed += chunk.length;
    if (passed > MAX_MAIL_BYTES) break;
  }
}

function createMessageReader(reading: Omit<Reading, "openNested">, knownSize?: number): MessageReader {
  const { depth, budget } = reading;
  const openNested = (): MessageReader => createMessageReader({ ...reading, depth: depth + 1 });
  const parts = createPartsReader({ ...reading, openNested });
  const maxHeaderBytes = Math.min(MAX_HEADER_BYTES, Math.max(MIN_HEADER_BYTES, budget.headerBytes));
  const mail = createRawMail(parts.push, maxHeaderBytes, knownSize);
  return {
    push: mail.push,
    end() {
      const end = mail.end();
      const read = parts.end();
      budget.headerBytes = Math.max(0, budget.headerBytes - headerCost(end.header));
      return toMessage(end, read);
    },
  };
}

function headerCost({ fields }: HeaderBlock): number {
  return fields.reduce((bytes, { name, value }) => bytes + HEADER_FIELD_COST + name.length + value.length, 0);
}

function toMessage(mail: RawMailEnd, parts: Parts): Message {
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
