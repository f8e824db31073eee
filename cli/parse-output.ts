import type { Attachment, Mailbox, Message, ReportKind } from "../shared/message/message.ts";
import type { Problem } from "../shared/message/problems.ts";

/** One mail as `parse --json` prints it: a contract, scripts read it. Messages inside it have the same form and its `source`. */
export interface ParsedMail {
  readonly source: string;
  readonly size: number;
  readonly sha256: string;
  readonly subject: string;
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly date: string | null;
  readonly messageIdHeader: string | null;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  readonly nested: readonly ParsedMail[];
  readonly report: ReportKind | null;
  readonly feedback: readonly never[];
  readonly problems: readonly Problem[];
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
    feedback: [],
    problems: message.problems,
  };
}
