import { asciiDomain } from "../text/ascii-domain.ts";

/** RFC 5321 section 4.5.3.1 has octets, but servers that take UTF-8 (RFC 6531) count in their own ways: we count characters. */
const MAX_LOCAL_PART = 64;

/** The longest path, 256, without its brackets. This leaves less than the 255 that a domain may have. */
const MAX_ADDRESS = 254;

/** UTF-16 units that are looked at: the longest address, its brackets, white space and needless escapes. */
const MAX_WRITTEN = 1_000;

/** What IDNA takes for a dot (UTS 46 section 2.3). */
const DOTS = /[\u3002\uff0e\uff61]/g;

/** Without quotes: anything but what RFC 5322 gives a meaning to, control, format and white space characters. Dots may stand anywhere. */
const ATOMS = /^[^\s\p{C}\p{Z}"(),:;<>@[\\\]]+$/u;

/** In quotes, a space may stand as well (RFC 5321 section 4.1.2). */
const QUOTED = /^"((?:[^\p{C}\p{Zl}\p{Zp}"\\]|\\[^\p{C}\p{Zl}\p{Zp}])+)"$/u;

const DOMAIN_NAME = /^[\da-z_-]+(?:\.[\da-z_-]+)*$/;
const ADDRESS_LITERAL = /^\[(?:ipv6:)?[\da-f.:]+\]$/;

/**
 * The one spelling that stands for all spellings of an address: the key of the suppression table.
 *
 * Brackets and white space around it are taken off, the domain is put into ASCII (IDNA) and, like the local part, into lower case. Servers
 * may tell local parts apart by their case (RFC 5321 section 2.4); those that do are so few that writing to `Jane@` after `jane@` bounced
 * would be the greater mistake. A tag (`jane+news@`) is part of the address. Never throws; canonical addresses stay as they are.
 *
 * @returns `undefined` for what is no address, or is longer than RFC 5321 allows
 */
export function canonicalAddress(address: string): string | undefined {
  if (address.length > MAX_WRITTEN) return undefined;
  const trimmed = address.trim();
  const bare = trimmed.startsWith("<") && trimmed.endsWith(">") ? trimmed.slice(1, -1).trim() : trimmed;
  const at = bare.lastIndexOf("@");
  if (at < 1) return undefined;
  const local = canonicalLocalPart(bare.slice(0, at));
  const domain = canonicalDomain(bare.slice(at + 1));
  if (local === undefined || domain === undefined) return undefined;
  const canonical = `${local}@${domain}`;
  return characters(canonical) > MAX_ADDRESS ? undefined : canonical;
}

/**
 * Quotes that nothing needs are taken off. Dots need none: `taro..y.@carrier.example` is no dot-atom, but Japanese carriers gave out such
 * addresses, and they are written both ways.
 */
function canonicalLocalPart(written: string): string | undefined {
  const unquoted = QUOTED.exec(written)?.[1]?.replace(/\\(.)/gu, "$1") ?? written;
  const isQuoted = unquoted !== written;
  const local = unquoted.normalize("NFC").toLowerCase().normalize("NFC");
  if (characters(local) > MAX_LOCAL_PART) return undefined;
  if (ATOMS.test(local)) return local;
  return isQuoted ? `"${local.replace(/["\\]/g, "\\$&")}"` : undefined;
}

function canonicalDomain(written: string): string | undefined {
  // NFKC first: `asciiDomain` leaves what is ASCII alone, as its conversion would read `１.２.３` as an IPv4 address.
  const folded = written.normalize("NFKC").replace(DOTS, ".").replace(/\.$/, "");
  const literal = folded.toLowerCase();
  if (ADDRESS_LITERAL.test(literal)) return literal;
  const domain = asciiDomain(folded);
  return domain !== undefined && DOMAIN_NAME.test(domain) ? domain : undefined;
}

function characters(text: string): number {
  return [...text].length;
}
