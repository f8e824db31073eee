import type { Message } from "../message/message.ts";
import type { Receipt } from "../receipt/receipt.ts";

/** From the e-mail form: its first line. */
const MARKED_LINE = /^\s{0,8}\[(?:info|warning|error|critical)\] [^\n]{1,128} - Mailroom alert [0-9a-f]{32}\s*(?:\n|$)/;
/** From an `email-json` subscription: our JSON, as a string inside SNS's JSON. */
const MARKED_JSON = /\\"mailroom\\":\{\\"alert\\":\\"[0-9a-f]{32}\\"(?:,\\"after\\":\[[^\]]{0,512}\])?\}/;
/** Both marks stand near the beginning; what comes later is a quotation. */
const MARK_WITHIN = 4096;

const SNS_SENDER = "no-reply@sns.amazonaws.com";

/** Whether a mail begins with the mark of our alerts. Anybody can write the mark, so this alone proves nothing. */
export function claimsToBeOurAlert(message: Message): boolean {
  const beginning = message.text.slice(0, MARK_WITHIN);
  return MARKED_LINE.test(beginning) || (beginning.trimStart().startsWith("{") && MARKED_JSON.test(beginning));
}

/**
 * Whether a mail is an alert that SNS delivered to an address of our own, and that must not raise the next one.
 *
 * A forged mark must not silence a mail, so four things have to hold at once: the mark; SNS's address as the only From
 * of the mail; SES's own word, in this arrival's event, that the sender is who the From names: DMARC passed, or DKIM
 * did (which SES says only when the signing domain is the From's, SES fact 1.9.1) and DMARC did not fail; and an address of
 * ours as the only To. Anybody can have a topic of their own mail them our mark, and send that mail on to us with its signature
 * whole; but its To is then theirs. Nobody else can make SNS write to us: an e-mail subscription has to be confirmed from the mailbox.
 */
export function isOurAlert({ message, receipt }: { readonly message: Message; readonly receipt: Receipt }): boolean {
  return claimsToBeOurAlert(message) && isFromSns(message) && isVouchedFor(receipt) && isToUs(message, receipt);
}

/** Two From fields, or two addresses in one, are a way to show one sender and be checked for another. */
function isFromSns({ headers, from }: Message): boolean {
  const fields = headers.filter(({ name }) => name === "from");
  return fields.length === 1 && from.length === 1 && from[0]?.address.toLowerCase() === SNS_SENDER;
}

/** Whom the mail was written to is whom it was delivered to. Mail systems do not tell upper case from lower. */
function isToUs({ headers, to }: Message, { envelope }: Receipt): boolean {
  const [only, ...others] = to;
  if (only === undefined || others.length > 0 || headers.filter(({ name }) => name === "to").length !== 1) return false;
  return envelope.recipients.some((recipient) => recipient.toLowerCase() === only.address.toLowerCase());
}

function isVouchedFor({ verdicts, verdictsTrusted }: Receipt): boolean {
  if (!verdictsTrusted) return false;
  return verdicts.dmarc === "PASS" || (verdicts.dkim === "PASS" && verdicts.dmarc !== "FAIL");
}
