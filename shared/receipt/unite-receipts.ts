import type { Receipt, VerdictName, VerdictStatus, Verdicts } from "./receipt.ts";
import { VERDICT_NAMES } from "./receipt.ts";

/**
 * What is known of a mail that was announced twice. Two receipt rules name different recipients, and one of them may scan where the other
 * does not; S3 announces it without SES's event.
 *
 * Recipients are united, the first announcement's before the second's. Verdicts of which one side is not SES's word count for nothing beside
 * those which are; of two that are alike in that the one that tells more counts, and of those the worse. The rest is taken from the receipt that SES's event gave.
 */
export function uniteReceipts(first: Receipt, second: Receipt): Receipt {
  const base = first.origin === "rebuilt" && second.origin === "event" ? second : first;
  const recipients = [...new Set([...first.envelope.recipients, ...second.envelope.recipients])];
  return { ...base, envelope: { ...base.envelope, recipients }, ...unitedVerdicts(first, second) };
}

/** Whether nothing that a decision depends on tells the two apart: who gets the mail, in whatever order, and the verdicts. */
export function saysTheSame(one: Receipt, other: Receipt): boolean {
  const recipients = new Set(one.envelope.recipients);
  return (
    one.envelope.mailFrom === other.envelope.mailFrom &&
    one.verdictsTrusted === other.verdictsTrusted &&
    recipients.size === new Set(other.envelope.recipients).size &&
    other.envelope.recipients.every((recipient) => recipients.has(recipient)) &&
    VERDICT_NAMES.every((name) => one.verdicts[name] === other.verdicts[name])
  );
}

function unitedVerdicts(first: Receipt, second: Receipt): Pick<Receipt, "verdicts" | "verdictsTrusted"> {
  if (first.verdictsTrusted !== second.verdictsTrusted) {
    const { verdicts } = first.verdictsTrusted ? first : second;
    return { verdicts, verdictsTrusted: true };
  }
  return { verdicts: uniteVerdicts(first.verdicts, second.verdicts), verdictsTrusted: first.verdictsTrusted };
}

/** From what says least to what weighs most; an absent verdict says less than any. */
const WEIGHT: readonly VerdictStatus[] = ["DISABLED", "PROCESSING_FAILED", "PASS", "GRAY", "FAIL"];

function uniteVerdicts(first: Verdicts, second: Verdicts): Verdicts {
  const verdicts: Partial<Record<VerdictName, VerdictStatus>> = {};
  for (const name of VERDICT_NAMES) {
    const status = WEIGHT.findLast((each) => each === first[name] || each === second[name]);
    if (status !== undefined) verdicts[name] = status;
  }
  return verdicts;
}
