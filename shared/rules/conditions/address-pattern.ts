import { domainToUnicode } from "node:url";
import { compileGlob } from "./glob.ts";

/** RFC 1035, 2.3.4. What is longer is no domain, and its conversion is not worth an attacker's megabyte. */
const MAX_DOMAIN_LENGTH = 255;

/** How a rules file writes the null sender, RFC 5321, 4.5.5. */
const NULL_SENDER = "<>";

/** Why a pattern can fit no address, in words; `undefined` when it can. */
export function addressPatternProblem(pattern: string): string | undefined {
  if (pattern === NULL_SENDER || (pattern.includes("*") && !pattern.includes("@"))) return undefined;
  if (/\s/.test(pattern)) return `an address has no white space, got ${JSON.stringify(pattern)}`;
  const at = pattern.lastIndexOf("@");
  if (at > 0 && at < pattern.length - 1) return undefined;
  const domain = pattern.slice(at + 1);
  return `expected an address or a pattern with an @${domain ? ` such as "*@${domain}"` : ""}, got ${JSON.stringify(pattern)}`;
}

/**
 * Compiles an address pattern: an address, `*@domain`, `*@*.domain`; `*` stands for any run of characters, `<>` for the
 * null sender. Case is ignored, and a domain is the same domain in Unicode and in Punycode (RFC 5891).
 */
export function compileAddressPattern(pattern: string): (address: Address) => boolean {
  if (pattern === NULL_SENDER) return ({ written }) => written === "";
  const fits = compileGlob(canonicalAddress(pattern));
  return ({ canonical }) => fits(canonical);
}

/** An address as it is compared, beside how the mail writes it. */
export interface Address {
  readonly written: string;
  readonly canonical: string;
}

export function readAddress(written: string): Address {
  return { written, canonical: canonicalAddress(written) };
}

/** The address with its domain in Unicode. */
function canonicalAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? address : address.slice(0, at + 1) + canonicalDomain(address.slice(at + 1));
}

/** Plain ASCII stays as it is: the conversion reads `127.1` as an IP address and undoes percent signs. */
function canonicalDomain(domain: string): string {
  if (domain.length > MAX_DOMAIN_LENGTH || domain.includes("%")) return domain;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII as a whole
  if (/^[\x00-\x7f]*$/.test(domain) && !/(^|\.)xn--/i.test(domain)) return domain;
  return domainToUnicode(domain) || domain;
}
