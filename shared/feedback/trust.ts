import type { Message } from "../message/message.ts";
import { authenticatedDomain } from "../receipt/authenticated-domain.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { Feedback } from "./feedback.ts";
import type { TrustPolicy } from "./trust-policy.ts";
import { readVerp } from "./verp.ts";

/** Where SES's own feedback mails come from, in all its regions (SES fact 2.8). */
const SES_DOMAIN = "amazonses.com";

/**
 * Says of each report that a mail tells whether it may have consequences. Without proof none has any: the envelope sender of a
 * report is empty, and its From can be written by anybody (trap 1.14).
 *
 * A report inside an authenticated mail is not vouched for: it may be the mail that was returned. Proof is one of three: the mail is authenticated as SES's own; or as that of a domain whose reports the user believes; or it
 * came to a return path that carries our token for this recipient, which only who got our mail can know.
 */
export function withTrust(
  feedback: readonly Feedback[],
  { message, receipt }: { readonly message: Message; readonly receipt: Receipt },
  policy: TrustPolicy,
): readonly Feedback[] {
  const domain = feedback.length === 0 ? undefined : authenticatedDomain(message, receipt);
  const isBelieved = domain !== undefined && [`*.${SES_DOMAIN}`, SES_DOMAIN, ...policy.allow].some(covers(domain));
  return feedback.map((report) => ({
    ...report,
    trusted: (isBelieved && report.carried === undefined) || hasToken(report, receipt, policy),
  }));
}

/** `*.isp.example` covers what is below isp.example, and not isp.example itself. */
function covers(domain: string): (pattern: string) => boolean {
  return (pattern) => (pattern.startsWith("*.") ? domain.endsWith(pattern.slice(1)) : domain === pattern);
}

function hasToken({ recipient }: Feedback, { envelope }: Receipt, { verpKey }: TrustPolicy): boolean {
  if (verpKey === undefined) return false;
  return envelope.recipients.some((returnPath) => readVerp(returnPath, verpKey)?.matches(recipient) ?? false);
}
