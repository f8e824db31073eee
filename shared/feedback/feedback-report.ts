import { parseMailDate } from "../message/header/date.ts";
import type { Message } from "../message/message.ts";
import { complainedRecipients, HOTMAIL_RECIPIENT } from "./complained-recipients.ts";
import { readReportedAddress } from "./report-address.ts";
import { fieldValue, readFieldBlocks } from "./report-fields.ts";
import { returnedHeader } from "./sent-mail.ts";

/** What a complaint by e-mail says (RFC 5965). */
export interface FeedbackReport {
  /** Each that may have complained: one is sure, of several nobody knows. */
  readonly recipients: readonly string[];
  /** Lower case. */
  readonly feedbackType: string | null;
  readonly userAgent: string | null;
  /** ISO 8601 in UTC. */
  readonly arrivedAt: string | null;
}

/**
 * Reads the text of a message/feedback-report part.
 *
 * @param report the mail it is a part of, whose returned original names the recipient where the part does not
 */
export function readFeedbackReport(text: string, report: Message): FeedbackReport {
  const fields = readFieldBlocks(text).flat();
  const field = (name: string): string | undefined => fieldValue(fields, name);
  return {
    recipients: complainedRecipients(fields, returnedHeader(report)),
    feedbackType: /^[\w-]{1,40}/.exec(field("feedback-type") ?? "")?.[0].toLowerCase() ?? null,
    userAgent: field("user-agent") ?? null,
    arrivedAt: parseMailDate(field("arrival-date") ?? field("received-date") ?? ""),
  };
}

/**
 * Reads the report of Hotmail, which sends the original alone: attached to a mail of the subject `complaint about message from
 * 192.0.2.1`, or, in its older form, sent on as it is from the envelope sender staff@hotmail.com.
 *
 * @returns `undefined` for any other mail
 */
export function readBareComplaint(report: Message): FeedbackReport | undefined {
  const attached = report.nested[0]?.rawHeaders ?? [];
  const isAbout =
    report.from.some(({ address }) => isHotmail(address)) && /^complaint about message\b/i.test(report.subject);
  const isSentOn =
    isHotmail(readReportedAddress(fieldValue(report.rawHeaders, "return-path") ?? "")?.address) &&
    fieldValue(report.rawHeaders, HOTMAIL_RECIPIENT) !== undefined;
  const original = isSentOn ? report.rawHeaders : isAbout ? attached : [];
  if (original.length === 0) return undefined;
  return {
    recipients: complainedRecipients([], original),
    feedbackType: "abuse",
    userAgent: null,
    arrivedAt: null,
  };
}

function isHotmail(address: string | undefined): boolean {
  return /^staff@(?:hotmail|outlook|live)\.com$/i.test(address ?? "");
}
