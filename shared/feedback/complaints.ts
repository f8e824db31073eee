import type { Message } from "../message/message.ts";
import type { Complaint } from "./feedback.ts";
import { type FeedbackReport, readBareComplaint, readFeedbackReport } from "./feedback-report.ts";
import { reportOf } from "./mail-feedback.ts";
import { isFromMailSystem } from "./mail-system.ts";
import { readFieldBlocks } from "./report-fields.ts";
import { MAX_SEARCHED } from "./report-limits.ts";

/**
 * Reads a complaint by e-mail: RFC 5965, the same fields where they came as text, or the form of a provider of its own.
 *
 * @returns `undefined` for a mail that is no complaint; an empty list for a complaint that names nobody
 */
export function readComplaints(message: Message): readonly Complaint[] | undefined {
  const report = complaintOf(message);
  if (report === undefined) return undefined;
  const { recipients, feedbackType, userAgent, arrivedAt } = report;
  const told = reportOf(message, "arf");
  return recipients.map((recipient) => ({
    kind: "complaint",
    ...told,
    recipient,
    feedbackType,
    complaintSubType: null,
    candidates: recipients.length,
    userAgent,
    arrivedAt,
  }));
}

function complaintOf(message: Message): FeedbackReport | undefined {
  const part = message.reportParts.find(({ contentType }) => contentType === "message/feedback-report");
  const text = part?.text ?? misplacedFields(message);
  return text === undefined ? readBareComplaint(message) : readFeedbackReport(text, message);
}

/** Where complaints come from, by what they say of themselves: a person may quote one. */
function isComplaintDesk(message: Message): boolean {
  return isFromMailSystem(message) || message.report !== null || message.from.some(({ address }) => DESK.test(address));
}

const DESK = /^(?:[\w.+-]*(?:abuse|complain|feedback|fbl|staff|scomp|arf)[\w.+-]*)@/i;

/** RFC 5965 section 3.1 requires three fields; where all stand in one block of text, it is the part of a report with broken boundaries. */
function misplacedFields(message: Message): string | undefined {
  const { text } = message;
  if (!isComplaintDesk(message) || !/^feedback-type[ \t]*:/im.test(text.slice(0, MAX_SEARCHED))) return undefined;
  const block = readFieldBlocks(text.slice(0, MAX_SEARCHED)).find((fields) =>
    ["feedback-type", "user-agent", "version"].every((name) => fields.some((field) => field.name === name)),
  );
  return block?.map(({ name, value }) => `${name}: ${value}`).join("\n");
}
