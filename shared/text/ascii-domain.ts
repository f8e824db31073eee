import { domainToASCII } from "node:url";

const ASCII_DOMAIN = /^[A-Za-z0-9._-]{1,253}$/;
const UNICODE_DOMAIN = /^[\p{L}\p{M}\p{N}._-]{1,253}$/u;

/** A domain name in lower case, in ASCII (punycode); `undefined` for an address literal and whatever else is no domain name. */
export function asciiDomain(written: string): string | undefined {
  // The conversion would make an IPv4 address of `1.2.3`, so ASCII is left alone.
  if (ASCII_DOMAIN.test(written)) return written.toLowerCase();
  return UNICODE_DOMAIN.test(written) ? domainToASCII(written) || undefined : undefined;
}
