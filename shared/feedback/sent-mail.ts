import { parseMailDate } from "../message/header/date.ts";
import type { HeaderField, Message } from "../message/message.ts";
import type { SentMail } from "./feedback.ts";
import { readReportedAddress } from "./report-address.ts";
import { fieldValue, readFieldBlocks } from "./report-fields.ts";
import { MAX_SEARCHED } from "./report-limits.ts";

/** What makes a block of lines a mail's header: it takes three of these. */
const HEADER_NAMES: ReadonlySet<string> = new Set([
  "from",
  "to",
  "subject",
  "date",
  "message-id",
  "received",
  "return-path",
]);

/** The header of the mail that a report is about: of the attached original, else of one that stands in the text. */
export function returnedHeader(report: Message): readonly HeaderField[] {
  const attached = report.nested.find(({ rawHeaders }) => isHeader(rawHeaders));
  if (attached !== undefined) return attached.rawHeaders;
  return readFieldBlocks(report.text.slice(0, MAX_SEARCHED)).find(isHeader) ?? [];
}

function isHeader(fields: readonly HeaderField[]): boolean {
  return new Set(fields.map(({ name }) => name).filter((name) => HEADER_NAMES.has(name))).size >= 3;
}

/** What the header of the original says about the mail of ours. */
export function sentMail(original: readonly HeaderField[]): SentMail {
  const messageIdHeader = /<[^<>\s]{1,998}>/.exec(fieldValue(original, "message-id") ?? "")?.[0] ?? null;
  const returnPath = addressIn(original, "return-path");
  return {
    messageId: sesId(messageIdHeader?.slice(1, -1)) ?? sesId(returnPath) ?? null,
    messageIdHeader,
    sentAt: parseMailDate(fieldValue(original, "date") ?? ""),
    // SES writes a return path of its own (SES fact 2.8), which is not what we gave it.
    source: (sesId(returnPath) === undefined ? returnPath : undefined) ?? addressIn(original, "from") ?? null,
    tags: {},
  };
}

function addressIn(fields: readonly HeaderField[], name: string): string | undefined {
  return readReportedAddress(fieldValue(fields, name) ?? "")?.address;
}

/** SES makes the Message-ID and the return path of its id: `<id@eu-west-1.amazonses.com>` (SES fact 2.8). */
export function sesId(address: string | undefined): string | undefined {
  return /^([\w-]{20,100})@(?:[\w-]{1,63}\.){0,3}amazonses\.com$/i.exec(address ?? "")?.[1];
}
