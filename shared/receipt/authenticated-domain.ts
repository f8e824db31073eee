import { dmarcDomain, isSameOrBelow, passingSigners } from "./authentication-results.ts";
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
  // Spam is no objection: a complaint brings the mail with it that was complained of.
  if (!verdictsTrusted || domain === undefined || verdicts.virus === "FAIL" || verdicts.dmarc === "FAIL")
    return undefined;
  const results = findSesBlock(mail.rawHeaders)?.verdicts.get("authentication-results") ?? "";
  const checked = dmarcDomain(results);
  // What SES read as the From's domain must be what is read here: a From can be written so that two readers see two domains in it.
  if (checked !== undefined && domain !== checked && !domain.endsWith(`.${checked}`)) return undefined;
  if (verdicts.dmarc === "PASS") return domain;
  if (verdicts.dkim !== "PASS") return undefined;
  // In its event SES says PASS of a From domain's own signature alone (SES fact 1.9.1).
  if (origin === "event") return domain;
  return passingSigners(results).some((signer) => isSameOrBelow(domain, signer)) ? domain : undefined;
}

/**
 * A From that every reader reads alike: one address, bare or in the only brackets, with a name or a comment beside it at most. Nothing that is
 * quoted, encoded, escaped or cut inside the address.
 */
const PLAIN_FROM =
  /^\s*(?:(?:"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*"|[^"<>@,;:\\()\p{Cc}])*<(?<bracketed>[^\s"<>(),;:@\\[\]=?\p{Cc}]+@[\w.-]+)>|(?<bare>[^\s"<>(),;:@\\[\]=?\p{Cc}]+@[\w.-]+))\s*(?:\([^()\\\p{Cc}]*\)\s*)?$/u;

/** A mail with two From fields, or two addresses in one, says nothing about where it comes from (RFC 7489 section 6.6.1). */
function soleFromDomain({ from, rawHeaders }: Parameters<typeof authenticatedDomain>[0]): string | undefined {
  const [field, secondField] = rawHeaders.filter(({ name }) => name.toLowerCase() === "from");
  if (field === undefined || secondField !== undefined || field.value.length > MAX_FROM) return undefined;
  const groups = PLAIN_FROM.exec(field.value)?.groups;
  const address = (groups?.["bracketed"] ?? groups?.["bare"])?.toLowerCase();
  const [read, second] = from;
  if (address === undefined || second !== undefined || read?.address.toLowerCase() !== address) return undefined;
  return address.slice(address.indexOf("@") + 1);
}

/** Characters of a From field that are looked at. */
const MAX_FROM = 1_000;
