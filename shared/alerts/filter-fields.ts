import type { VerdictStatus } from "../receipt/receipt.ts";
import { asciiDomain } from "../text/ascii-domain.ts";
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

function domainOf(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  return at < 0 ? undefined : asciiDomain(address.slice(at + 1));
}
