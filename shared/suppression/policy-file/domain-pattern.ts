import { asciiDomain } from "../../text/ascii-domain.ts";
import { got } from "../../yaml/schema/sentences.ts";

/** Two labels or more: one alone would trust a whole top-level domain. The last begins with a letter: an IPv4 address is no domain. */
const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** A domain, or `*.domain` for all domains below it: lower case, in ASCII. `undefined` for whatever else. */
export function domainPattern(written: string): string | undefined {
  const below = written.startsWith("*.") ? "*." : "";
  const domain = asciiDomain(written.slice(below.length));
  return domain !== undefined && DOMAIN.test(domain) ? `${below}${domain}` : undefined;
}

export function domainPatternProblem(written: string): string | undefined {
  if (domainPattern(written) !== undefined) return undefined;
  return `expected a domain such as mx.partner.example, or *.isp.example for all domains below one, got ${got(written)}`;
}
