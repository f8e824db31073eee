import type { Alert } from "../alerts/alert.ts";
import { composeAlert, operatorAlert } from "../alerts/compose-alert.ts";
import type { Feedback } from "../feedback/feedback.ts";
import { readReport } from "../feedback/read-report.ts";
import { withTrust } from "../feedback/trust.ts";
import type { TrustPolicy } from "../feedback/trust-policy.ts";
import type { Message } from "../message/message.ts";
import type { ProblemCode } from "../message/problems.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { matchRules } from "../rules/match-rules.ts";
import { endLoop, type Screened, whyAlertIsIgnored } from "./end-loop.ts";
import { type Decision, type MailRecord, type ReadMail, toRecord } from "./record.ts";
import { screen } from "./screen-mail.ts";
import { isSetupNotification } from "./setup-notification.ts";

/** What would be recorded of a mail, and the alerts that it calls for. Nothing has happened yet. */
export interface Evaluation {
  readonly record: MailRecord;
  readonly alerts: readonly Alert[];
  readonly feedback: readonly Feedback[];
}

/**
 * Problems after which a mail counts as not read, rather than as one with nothing in it, and what the operator is told then;
 * the first that a mail has. `always`: even when a part of it was read as text, because that is not what was sent.
 */
const UNREAD: readonly { readonly code: ProblemCode; readonly always?: true; readonly sentence: string }[] = [
  {
    code: "tooLarge",
    always: true,
    sentence:
      "A mail is larger than 40 MB, which is more than SES takes in, and was not read to its end. It is still in the mail store; please look at it yourself.",
  },
  {
    code: "givenUp",
    always: true,
    sentence:
      "Runs of the function died over a mail, one after the other. Its header was read now, and it is tried once more; its raw bytes are kept. Please look whether its record says processed by now; if not, give the function more memory and time, and deliver the mail again.",
  },
  {
    code: "empty",
    sentence:
      "A mail has no bytes: nothing was stored under its key but an empty object. Nothing can be read of it; please ask its sender to send it again.",
  },
  {
    code: "noHeaders",
    always: true,
    sentence:
      "What was stored as a mail is none: it begins with no header field. It is kept as it is; please find out what put it into the mail store.",
  },
  {
    code: "parserFailed",
    sentence: "A mail could not be read beyond its headers. Its raw bytes are kept; please look at it yourself.",
  },
  {
    code: "tooManyParts",
    sentence:
      "A mail is made of more parts than are read, and nothing was found in those that were. Its raw bytes are kept; please look at it yourself.",
  },
];

/**
 * Decides about one mail. Pure: the same mail under the same rules gives the same evaluation, to the byte.
 *
 * What a mail tells of mails of ours (a bounce, a complaint) is read beside the rules, which run over it as over all
 * mail and leave returned originals out. A mail whose parts could not be read runs through them with what was read.
 */
export function decide(mail: ReadMail, rules: CompiledRules, trust: TrustPolicy): Evaluation {
  const decision = ignored(mail) ?? reported(mail, endLoop(mail, screened(mail, rules)), trust);
  return { record: toRecord(mail, decision, rules.version), alerts: decision.alerts, feedback: decision.feedback };
}

function reported(mail: ReadMail, decision: Screened, trust: TrustPolicy): Decision {
  return { ...decision, feedback: withTrust(readReport(mail.message), mail, trust) };
}

function ignored(mail: ReadMail): Decision | undefined {
  const why = isSetupNotification(mail.message, mail.receipt)
    ? "SES's set-up notification, not a mail"
    : whyAlertIsIgnored(mail);
  return why === undefined
    ? undefined
    : { outcome: "ignored", why, matches: [], alerts: [], feedback: [], problems: [] };
}

function screened(mail: ReadMail, rules: CompiledRules): Screened {
  return quarantined(mail, rules) ?? matched(mail, rules);
}

function quarantined(mail: ReadMail, rules: CompiledRules): Screened | undefined {
  const { verdicts, verdictsTrusted } = mail.receipt;
  const disposition = screen(verdicts, rules.policy, verdictsTrusted);
  if (disposition === "CONTINUE") return undefined;
  const why = `the verdict policy says ${disposition}`;
  const sentence = `A mail was held back, because ${why}. No rules ran over it; its raw bytes are kept.`;
  const alert = operatorAlert({ rule: "mailroom/quarantined", severity: "warning", sentence }, mail);
  return { outcome: "quarantined", why, matches: [], alerts: [alert], problems: [] };
}

function matched(mail: ReadMail, rules: CompiledRules): Screened {
  const { matches, problems } = matchRules(rules, mail);
  const alerts = matches.map((match) => composeAlert(match, mail));
  const sentence = whyUnread(mail.message);
  if (sentence === undefined) return { outcome: "processed", matches, alerts, problems };
  const operator = operatorAlert({ rule: "mailroom/unparsable", severity: "error", sentence }, mail);
  return { outcome: "unparsable", matches, alerts: [...alerts, operator], problems };
}

function whyUnread(message: Message): string | undefined {
  const codes = message.problems.map(({ code }) => code);
  const wasRead = (message.text.trim() !== "" && !codes.includes("noParts")) || message.nested.length > 0;
  return UNREAD.find(({ code, always = false }) => codes.includes(code) && (always || !wasRead))?.sentence;
}
