import type { Alert } from "../../shared/alerts/alert.ts";
import { OPERATOR_FIELD } from "../../shared/alerts/compose-alert.ts";
import { warningsAbout } from "../../shared/alerts/warnings.ts";
import type { Evaluation } from "../../shared/inbound/decide.ts";
import type { RecordedAction } from "../../shared/inbound/record.ts";
import type { Verdicts } from "../../shared/receipt/receipt.ts";
import { isTextReason, type Reason, type TextReason } from "../../shared/rules/reason.ts";
import type { Colours } from "./colours.ts";
import { field, mailboxes } from "./fields.ts";
import { printable } from "./printable.ts";
import { reportLine } from "./report-line.ts";

const FIELDS: Readonly<Record<string, string>> = {
  subject: "the subject",
  text: "the text",
  html: "the HTML",
  from: "From",
  to: "To",
  attachmentNames: "an attachment's name",
  attachmentTypes: "an attachment's type",
};

/** A condition that is longer is better read in the rules file. */
const MAX_CONDITION = 80;

/** What becomes of an alert. In a dry run it is only planned; in a real one that means that it failed. */
const STATUS: Readonly<Record<RecordedAction["status"], { dryRun: string; applied: string }>> = {
  planned: { dryRun: "would alert topic", applied: "NOT alerted: topic" },
  done: { dryRun: "alerted topic", applied: "alerted topic" },
  skipped: { dryRun: "alerted before, not again: topic", applied: "alerted before, not again: topic" },
};

/** One mail that something is to be done about, for a person: what it is and reports, why it matched, and what is or would be done. */
export function matchBlock(
  { record, alerts }: Pick<Evaluation, "record" | "alerts">,
  applied: boolean,
  colours: Colours,
): string {
  const { message, envelope, problems } = record;
  const rules = new Map(alerts.map((alert) => [alert.id, alert]));
  const recipients = envelope.recipients.length > 0 ? envelope.recipients.join(", ") : mailboxes(message.to);
  const lines = [
    colours.bold(printable(record.source)),
    ...fieldIf("Subject", printable(message.subject)),
    ...fieldIf("From", printable(mailboxes(message.from))),
    ...fieldIf("To", printable(recipients)),
    ...record.feedback.map((report) =>
      field("Report", `${reportLine(report)}${report.trusted ? "" : " (not believed)"}`),
    ),
    ...record.actions.flatMap((action) => actionLines(action, rules.get(action.id), applied, colours)),
    ...verdictWarnings(record.verdicts).map((warning) => field("Warning", warning)),
    ...problems.map(({ message: sentence }) => field("Problem", printable(sentence))),
  ];
  return `${lines.join("\n")}\n\n`;
}

function fieldIf(name: string, value: string): string[] {
  return value === "" ? [] : [field(name, value)];
}

function actionLines(action: RecordedAction, alert: Alert | undefined, applied: boolean, colours: Colours): string[] {
  const done = `${STATUS[action.status][applied ? "applied" : "dryRun"]} "${action.topic}"`;
  const head = field("Rule", `${colours.bold(action.rule)} -> ${done}${alert ? ` (${alert.severity})` : ""}`);
  return [head, ...(alert?.because ?? []).map((reason) => `            ${reasonLine(reason, colours)}`)];
}

/** Why a rule matched, on one line. */
export function reasonLine(reason: Reason, colours: Colours): string {
  if (!isTextReason(reason)) {
    if (reason.field === OPERATOR_FIELD) return printable(reason.value);
    return `${fieldWords(reason.field)}: ${printable(reason.value)} ${colours.dim(`(asked for: ${printable(reason.condition, MAX_CONDITION)})`)}`;
  }
  const found =
    reason.pattern === undefined ? `"${printable(reason.keyword ?? "")}"` : `pattern ${printable(reason.pattern)}`;
  return `${found} in ${place(reason)}: ${marked(reason, colours)}`;
}

/** The words around, with what was found set off. */
function marked({ excerpt, excerptStart, excerptEnd }: TextReason, colours: Colours): string {
  const found = colours.mark(printable(excerpt.slice(excerptStart, excerptEnd)));
  return `${printable(excerpt.slice(0, excerptStart))}${found}${printable(excerpt.slice(excerptEnd))}`;
}

function place({ field, where = "", hidden }: TextReason): string {
  // `nested[0].subject`: the words of an attached message count as the text of the mail.
  const inside = /^nested\[.*\.(\w+)/.exec(where)?.[1];
  return [
    fieldWords(inside !== undefined && inside in FIELDS ? inside : field),
    ...(inside === undefined ? [] : ["of an attached message"]),
    ...(hidden ? ["that its reader does not see"] : []),
  ].join(" ");
}

function fieldWords(field: string): string {
  const header = /^header:(.*)$/s.exec(field)?.[1];
  return header === undefined ? (FIELDS[field] ?? printable(field)) : `the header ${printable(header)}`;
}

/**
 * What the mail's own verdict block says against it. That nobody vouches for such blocks is true of every stored mail, and a mail
 * that SES never saw has none; neither is said with each mail.
 */
function verdictWarnings(verdicts: Verdicts): string[] {
  return Object.keys(verdicts).length === 0 ? [] : warningsAbout({ verdicts, verdictsTrusted: true });
}
