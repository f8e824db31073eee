import { passingSigners } from "./authentication-results.ts";
import type { Receipt } from "./receipt.ts";
import { type Field, findSesBlock } from "./ses-block.ts";

/**
 * The domain that a mail is proven to come from: its From's, when SES found that DMARC passed for it, or, where the domain has no
 * DMARC policy, that a DKIM signature of the same domain holds.
 *
 * In a receipt rebuilt from headers the signature's domain is compared here once more: SES adds a signature of amazonses.com to whatever its customers
 * send, so a signature that holds proves nothing about a From of another domain.
 *
 * @param mail its From addresses, and its fields with encoded words as they are
 * @returns lower case; `undefined` when nothing proves it, and for verdicts that anybody can have written
 */
export function authenticatedDomain(
  mail: { readonly from: readonly { readonly address: string }[]; readonly rawHeaders: readonly Field[] },
  { verdicts, verdictsTrusted, origin }: Receipt,
): string | undefined {
  const domain = soleFromDomain(mail);
  if (!verdictsTrusted || domain === undefined || verdicts.spam === "FAIL" || verdicts.virus === "FAIL")
    return undefined;
  if (verdicts.dmarc === "PASS") return domain;
  if (verdicts.dmarc === "FAIL" || verdicts.dkim !== "PASS") return undefined;
  // In its event SES says PASS of a From domain's own signature alone (SES fact 1.9.1).
  if (origin === "event") return domain;
  const results = findSesBlock(mail.rawHeaders)?.verdicts.get("authentication-results") ?? "";
  return passingSigners(results).some((signer) => isSameOrBelow(domain, signer)) ? domain : undefined;
}

/** A mail with two From fields, or two addresses in one, says nothing about where it comes from (RFC 7489 section 6.6.1). */
function soleFromDomain({ from, rawHeaders }: Parameters<typeof authenticatedDomain>[0]): string | undefined {
  const fields = rawHeaders.filter(({ name }) => name.toLowerCase() === "from");
  const [address = "", second] = from.map((mailbox) => mailbox.address);
  const at = address.lastIndexOf("@");
  if (fields.length !== 1 || second !== undefined || at < 1 || at === address.length - 1) return undefined;
  return address.slice(at + 1).toLowerCase();
}

/** Relaxed alignment (RFC 7489 section 3.1.1), as far as it goes without a list of public suffixes. */
function isSameOrBelow(domain: string, other: string): boolean {
  return domain === other || domain.endsWith(`.${other}`) || other.endsWith(`.${domain}`);
}
