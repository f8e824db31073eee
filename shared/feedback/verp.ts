import { createHmac, timingSafeEqual } from "node:crypto";
import { ConfigurationError } from "../errors.ts";
import { asciiDomain } from "../text/ascii-domain.ts";

/** UTF-16 units. With less, who receives our mail could find the key by trying, and forge a report about anybody. */
export const MIN_VERP_KEY_LENGTH = 32;

/** 80 bits: too many to guess, and few enough to leave room for the recipient. */
const TOKEN_BYTES = 10;
const TOKEN_LENGTH = 16;
const TOKEN = /^[0-9a-v]{16}$/;

/** RFC 5321, 4.5.3.1.1. */
const MAX_LOCAL_PART = 64;

/** A dot-atom (RFC 5322, 3.2.3): what every server takes for a local part, and what a suffix can be added to. */
const MAILBOX = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+$/;

/**
 * What an encoded recipient does not hold as it is: what servers give a meaning to or refuse (`+ % ! | /`), our own `=` and `~`, and a dot where
 * a dot-atom has none. Capital letters do not occur: some servers change the case of a local part.
 */
const ESCAPED = /[^a-z0-9_.-]|(?<=\.)\.|\.$/gu;

/**
 * A return path (envelope sender) for a mail to one recipient: a report that comes back to it speaks of this recipient, and comes from
 * somebody who had the mail.
 *
 * `bounces+jane=partner.example.<token>@mail.example.com`. A recipient that is too long for a local part of 64 octets is left out; the
 * report must then name it, and the token says whether it is the one.
 *
 * @param made.recipient an address, without display name and brackets
 * @param made.mailbox where reports shall arrive; its server must deliver `bounces+anything` to `bounces`
 * @param made.key a secret of at least 32 characters
 * @throws {ConfigurationError} when one of them is not that
 */
export function verpAddress(made: {
  readonly recipient: string;
  readonly mailbox: string;
  readonly key: string;
}): string {
  const recipient = canonicalRecipient(made.recipient);
  // Neither the address nor the key is told: errors are logged.
  if (recipient === undefined) throw refused("recipient", "an address");
  const at = made.mailbox.lastIndexOf("@");
  const local = made.mailbox.slice(0, at);
  if (!MAILBOX.test(made.mailbox) || local.length > MAX_LOCAL_PART - TOKEN_LENGTH - 1)
    throw refused("mailbox", `an address such as bounces@mail.example.com, got ${JSON.stringify(made.mailbox)}`);
  if (!isKey(made.key)) throw refused("key", `a secret of at least ${MIN_VERP_KEY_LENGTH} characters`);
  const token = tokenOf(recipient, made.key);
  const whole = `${local}+${encode(recipient.local)}=${encode(recipient.domain)}.${token}`;
  return `${whole.length <= MAX_LOCAL_PART ? whole : `${local}+${token}`}${made.mailbox.slice(at)}`;
}

/** What a return path of ours says. */
export interface VerpAddress {
  /** Canonical: domain and local part in lower case, the domain in ASCII. `undefined` when the return path had no room for it. */
  readonly recipient: string | undefined;
  /** Whether the return path was made for this recipient. */
  matches(recipient: string): boolean;
}

/**
 * Reads a return path that `verpAddress` made with the same key, whatever has become of its case. Never throws.
 *
 * @returns `undefined` for every other address. One without a recipient in it cannot be told from a forged one: it then matches nobody.
 */
export function readVerp(address: string, key: string): VerpAddress | undefined {
  const at = address.lastIndexOf("@");
  if (at < 1 || at > MAX_LOCAL_PART || !isKey(key)) return undefined;
  const local = address.slice(0, at).toLowerCase();
  const suffix = local.slice(local.lastIndexOf("+") + 1);
  if (suffix.length === local.length) return undefined;
  const dot = suffix.lastIndexOf(".");
  const token = suffix.slice(dot + 1);
  if (!TOKEN.test(token)) return undefined;
  if (dot < 0) return { recipient: undefined, matches: (recipient) => isTokenOf(token, recipient, key) };

  const recipient = decodeRecipient(suffix.slice(0, dot));
  if (recipient === undefined || !isTokenOf(token, recipient, key)) return undefined;
  return { recipient, matches: (other) => spelt(canonicalRecipient(other)) === recipient };
}

interface Recipient {
  readonly local: string;
  readonly domain: string;
}

function canonicalRecipient(address: string): Recipient | undefined {
  const at = address.lastIndexOf("@");
  const written = address.slice(at + 1);
  // Lone surrogates are no characters: in UTF-8 all of them would be the same.
  if (at < 1 || written === "" || !address.isWellFormed()) return undefined;
  return { local: address.slice(0, at).toLowerCase(), domain: asciiDomain(written) ?? written.toLowerCase() };
}

function spelt(recipient: Recipient | undefined): string | undefined {
  return recipient && `${recipient.local}@${recipient.domain}`;
}

function isKey(key: string): boolean {
  return key.length >= MIN_VERP_KEY_LENGTH;
}

function tokenOf(recipient: Recipient, key: string): string {
  const mac = createHmac("sha256", key)
    .update(`verp ${spelt(recipient)}`)
    .digest()
    .subarray(0, TOKEN_BYTES);
  // The alphabet of RFC 4648, section 7, in lower case.
  return BigInt(`0x${mac.toString("hex")}`)
    .toString(32)
    .padStart(TOKEN_LENGTH, "0");
}

function isTokenOf(token: string, address: string, key: string): boolean {
  const recipient = canonicalRecipient(address);
  return recipient !== undefined && timingSafeEqual(Buffer.from(token), Buffer.from(tokenOf(recipient, key)));
}

function encode(text: string): string {
  return text.replace(ESCAPED, (character) => Buffer.from(character).toString("hex").replace(/../g, "~$&"));
}

function decodeRecipient(encoded: string): string | undefined {
  const [local = "", domain = "", ...more] = encoded.split("=");
  if (local === "" || domain === "" || more.length > 0) return undefined;
  try {
    return decodeURIComponent(`${local}@${domain}`.replaceAll("%", "%25").replaceAll("~", "%"));
  } catch {
    // Not UTF-8, or not hexadecimal: nothing that we wrote.
    return undefined;
  }
}

function refused(what: string, expected: string): ConfigurationError {
  return new ConfigurationError(`the ${what} of a return path: expected ${expected}`);
}
