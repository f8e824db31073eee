import { domainToASCII } from "node:url";
import type { VerdictStatus } from "../receipt/receipt.ts";
import type { Alert } from "./alert.ts";

/** What a subscription can filter by: flat, so that a filter policy names each in one word. */
export interface FilterFields {
  readonly rule: string;
  readonly severity: string;
  readonly tags: readonly string[];
  readonly recipientDomain: readonly string[];
  readonly fromDomain: readonly string[];
  readonly dmarc: VerdictStatus | "absent" | "untrusted";
}

/** Enough for any honest mail; the rest could only make the notification too large. */
const MAX_DOMAINS = 20;

export function filterFields(alert: Alert): FilterFields {
  const { rule, severity, tags, envelope, from } = alert;
  return {
    rule,
    severity,
    tags,
    recipientDomain: domainsOf(envelope.recipients),
    fromDomain: domainsOf(from.map(({ address }) => address)),
    dmarc: dmarcOf(alert),
  };
}

/** A subscription for `dmarc: PASS` must not be reached by a mail that wrote its own PASS. */
function dmarcOf({ verdicts, verdictsTrusted }: Alert): FilterFields["dmarc"] {
  return verdicts.dmarc === "PASS" && !verdictsTrusted ? "untrusted" : (verdicts.dmarc ?? "absent");
}

function domainsOf(addresses: readonly string[]): string[] {
  const domains = new Set<string>();
  for (const address of addresses) {
    if (domains.size === MAX_DOMAINS) break;
    const domain = domainOf(address);
    if (domain) domains.add(domain);
  }
  return [...domains];
}

const ASCII_DOMAIN = /^[A-Za-z0-9._-]{1,253}$/;
const UNICODE_DOMAIN = /^[\p{L}\p{M}\p{N}._-]{1,253}$/u;

/** Lower case, in ASCII (punycode); `undefined` for an address literal and whatever else is no domain name. */
function domainOf(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  const written = address.slice(at + 1);
  if (at < 0 || !UNICODE_DOMAIN.test(written)) return undefined;
  // The conversion would make an IPv4 address of `1.2.3`, so ASCII is left alone.
  return ASCII_DOMAIN.test(written) ? written.toLowerCase() : domainToASCII(written) || undefined;
}
