import type { Attachment } from "../../shared/message/message.ts";
import type { ParsedMail } from "../parse-output.ts";
import type { Colours } from "./colours.ts";
import { count } from "./count.ts";
import { field, mailboxes } from "./fields.ts";
import { printable } from "./printable.ts";
import { reportLine } from "./report-line.ts";

/** A screen's worth; `--json` has all of it. */
const MAX_TEXT_LINES = 20;
const MAX_LINE = 160;

/** A parsed mail for a person, messages inside it indented. */
export function messageBlock(mail: ParsedMail, colours: Colours): string {
  return `${[colours.bold(printable(mail.source)), ...messageLines(mail, colours)].join("\n")}\n\n`;
}

function messageLines(mail: ParsedMail, colours: Colours): string[] {
  const lines: readonly (readonly [name: string, value: string | null])[] = [
    ["Subject", mail.subject],
    ["From", mailboxes(mail.from)],
    ["To", mailboxes(mail.to)],
    ["Cc", mailboxes(mail.cc)],
    ["Date", mail.date],
    ["Id", mail.messageIdHeader],
    ["Report", mail.report],
    ...mail.feedback.map((told) => ["Report", reportLine(told)] as const),
    ["Size", `${count(mail.size)} bytes, sha256 ${mail.sha256}`],
    ...mail.attachments.map((attachment) => ["Attached", attachmentWords(attachment)] as const),
    ...mail.problems.map(({ message }) => ["Problem", message] as const),
  ];
  return [
    ...lines.flatMap(([name, value]) => (value === null || value === "" ? [] : [field(name, printable(value))])),
    ...textLines(mail.text).map((line) => `  ${colours.dim("|")} ${line}`),
    ...mail.nested.flatMap((nested, index) => [
      `  ${colours.bold(`Attached message ${index + 1}`)}`,
      ...messageLines(nested, colours).map((line) => `  ${line}`),
    ]),
  ];
}

function attachmentWords({ filename, contentType, size, inline }: Attachment): string {
  return `${filename ?? "without a name"} (${contentType}, ${count(size)} bytes${inline ? ", in the text" : ""})`;
}

function textLines(text: string): string[] {
  const lines = text.trim().split("\n", MAX_TEXT_LINES + 1);
  const shown = lines.slice(0, MAX_TEXT_LINES).map((line) => printable(line, MAX_LINE));
  if (text.trim() === "") return [];
  return lines.length > MAX_TEXT_LINES
    ? [...shown, `… (${count(text.length)} characters in all; --json prints them)`]
    : shown;
}
