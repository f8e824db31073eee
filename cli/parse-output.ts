import { type PrintedFeedback, printedFeedback } from "../shared/feedback/printed-feedback.ts";
import { readReport } from "../shared/feedback/read-report.ts";
import type { Message } from "../shared/message/message.ts";

type PrintedField =
  | ("size" | "sha256" | "subject" | "from" | "to" | "cc" | "date" | "messageIdHeader")
  | ("text" | "html" | "attachments" | "report" | "problems");

/** One mail as `parse --json` prints it: a contract, scripts read it. Messages inside it have the same form and its `source`. */
export interface ParsedMail extends Pick<Message, PrintedField> {
  readonly source: string;
  readonly nested: readonly ParsedMail[];
  readonly feedback: readonly PrintedFeedback[];
}

/** What the parser saw, in the printed form: its keys and their order are fixed here and nowhere else. */
export function parsedMail(source: string, message: Message): ParsedMail {
  const { size, sha256, subject, from, to, cc, date, messageIdHeader, text, html, attachments, report } = message;
  return {
    source,
    size,
    sha256,
    subject,
    from,
    to,
    cc,
    date,
    messageIdHeader,
    text,
    html,
    attachments,
    nested: message.nested.map((nested) => parsedMail(source, nested)),
    report,
    feedback: readReport(message).map(printedFeedback),
    problems: message.problems,
  };
}
