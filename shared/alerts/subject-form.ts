import { plainLine } from "../text/plain-line.ts";
import type { Alert } from "./alert.ts";
import { plainPunctuation } from "./plain-punctuation.ts";

/** "Less than 100 characters" (SES fact 6.1). */
const MAX_SUBJECT = 99;
const ASCII = /^[ -~]*$/;

/**
 * The subject of the mail that SNS sends to e-mail subscribers: severity and rule always, so that a mailbox can be
 * sorted by them, and the mail's own subject when ASCII can hold it. SNS refuses other characters in a subject (facts
 * 6.1, the older and stricter text), and a Japanese one spelt with question marks helps nobody: then it is in the text.
 */
export function composeSubject({ severity, rule, subject, warnings }: Alert): string {
  const warned = warnings.length > 0 ? ", see warning" : "";
  const told = `[${severity}${warned}] ${plainLine(rule, MAX_SUBJECT).replace(/[^ -~]+/g, "?")}: ${asciiSubject(subject)}`;
  return told.length > MAX_SUBJECT ? `${told.slice(0, MAX_SUBJECT - 3)}...` : told;
}

function asciiSubject(subject: string): string {
  const plain = plainPunctuation(plainLine(subject, 2 * MAX_SUBJECT));
  if (plain === "") return "(no subject)";
  return ASCII.test(plain) ? plain : "(subject not in ASCII, see the text)";
}
