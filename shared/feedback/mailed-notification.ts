import { MailroomError } from "../errors.ts";
import type { Message } from "../message/message.ts";
import type { Feedback } from "./feedback.ts";
import { isFromMailSystem } from "./mail-system.ts";
import { readFeedbackEvent } from "./read-event.ts";
import { MAX_SEARCHED } from "./report-limits.ts";

/**
 * Reads the notification of SES that SNS sends to an e-mail subscription: the mail's text begins with the JSON, and a note on how to
 * unsubscribe follows. With the protocol `email-json` it stands in the `Message` of SNS's own JSON.
 *
 * Nothing of it is trusted: the mail is no signed delivery of SNS.
 */
export function readMailedNotification(message: Message): readonly Feedback[] {
  if (!isFromMailSystem(message) && !message.from.some(({ address }) => SNS.test(address))) return [];
  const { text } = message;
  const outer = readObject(text);
  const inner = outer !== undefined && typeof outer["Message"] === "string" ? readObject(outer["Message"]) : outer;
  if (inner === undefined || !("mail" in inner) || !("notificationType" in inner || "eventType" in inner)) return [];
  try {
    const event = readFeedbackEvent(inner);
    return event.kind === "feedback" ? event.feedback.map((each) => ({ ...each, trusted: false })) : [];
  } catch (error) {
    // Only like a notification: a mail may say anything, and one that is no report is no error.
    if (error instanceof MailroomError) return [];
    throw error;
  }
}

/** `no-reply@sns.amazonaws.com`. A person may have pasted one. */
const SNS = /@(?:[\w-]+\.)*amazonaws\.com(?:\.cn)?$/i;

/** The object that a text begins with. Line ends in it are the mail's, which wraps long lines; JSON has none in its strings. */
function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const start = /^\s{0,100}\{/.exec(text);
  if (start === null) return undefined;
  const json = text.slice(start[0].length - 1, MAX_SEARCHED);
  const end = objectEnd(json);
  if (end === undefined) return undefined;
  try {
    return JSON.parse(json.slice(0, end).replaceAll("\n", "")) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Behind the brace that closes the first. */
function objectEnd(json: string): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (isQuoted && char === "\\") at++;
    else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && char === "{") depth++;
    else if (!isQuoted && char === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}
