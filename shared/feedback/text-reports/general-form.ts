import { hasCode } from "../status-code.ts";
import { reasonOfText } from "../text-reasons.ts";
import { type Family, joined, type NamedRecipient, readFamily } from "./family.ts";
import { ALONE, addressesIn, BRACKETED, COLON, DOTS, lineShape, RCPT_TO } from "./line-shape.ts";
import { NOT_DELIVERED } from "./report-signs.ts";
import type { ReportText } from "./report-text.ts";

/** What systems write whose form nobody knows: an address, and what went wrong. */
const ANY: Family = {
  name: "any",
  tells: /./,
  recipients: [
    DOTS,
    BRACKETED,
    COLON,
    ALONE,
    lineShape(
      String.raw`^\s{0,9}(?:final |original |failed )?(?:recipient|address|addressee|to|user|empfänger|destinataire|destinatario|destinatário|получатель|адресат|宛先|受信者|받는 ?사람|수신자|收件人|收件者|收信人)(?:s|\(s\))?(?: ?(?:address|地址))?\s{0,3}[:=：\t ]\s{0,9}["']?<?ADDR>?WHY$`,
    ),
    lineShape(
      String.raw`(?:deliver(?:ed|ing|y)?|sent?|undeliverable|failed|mail|message) (?:\w{1,12} ){0,4}to:?\s{1,3}["'<]{0,2}ADDR["'>]{0,2}WHY$`,
    ),
    lineShape(String.raw`^\s{0,9}["'<]{0,2}ADDR["'>]{0,2}[\s,-]{1,9}WHY$`),
    RCPT_TO,
    lineShape(String.raw`\b[45]\d\d\b.{0,200}<ADDR>WHY$`),
  ],
};

/**
 * Reads a report of no known family. Only a mail that is a report by other signs may be read so, and each recipient must come with a reason: a code of
 * RFC 3463 or RFC 5321, or words that servers use.
 */
export function readGeneralForm(text: ReportText): readonly NamedRecipient[] {
  const named = readFamily(ANY, text);
  const said = joined(text.lines);
  const isOnly = new Set(named.map((each) => each.named.toLowerCase())).size === 1;
  return named.flatMap(({ named: to, why }) => {
    if (givesReason(why)) return [{ named: to, why }];
    return isOnly && givesReason(said) ? [{ named: to, why: said }] : [];
  });
}

/** Lines that are searched for a sentence about an address. */
const MAX_SENTENCES = 50;

/** The addresses in sentences that say what went wrong: `The user a@b.example does not exist on this server.` */
export function readSentences(text: ReportText): readonly NamedRecipient[] {
  return text.lines
    .filter((line) => line.includes("@"))
    .slice(0, MAX_SENTENCES)
    .filter((line) => givesReason(line) || NOT_DELIVERED.test(line))
    .flatMap((line) => addressesIn(line).map((named) => ({ named, why: "" })));
}

/** Whether a text says what went wrong: by a code, or by words that servers use. */
export function givesReason(text: string): boolean {
  return hasCode(text) || reasonOfText(text) !== undefined;
}
