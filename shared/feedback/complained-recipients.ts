import type { HeaderField } from "../message/message.ts";
import { readReportedAddress } from "./report-address.ts";
import { MAX_LIST_LENGTH } from "./report-limits.ts";
import { sesId } from "./sent-mail.ts";

/** Hotmail's field in the header of a mail that one of its users complains about. */
export const HOTMAIL_RECIPIENT = "x-hmxmroriginalrecipient";

/** Where the original says to whom it was delivered, the surest first. */
const DELIVERED_TO = ["x-original-to", "delivered-to", "x-envelope-to", "envelope-to"] as const;

/** Local parts that stand for one that is not told (RFC 6590 section 3 leaves the form to the reporting side). */
const REDACTED = /^(?:redacted|undisclosed|hidden|removed|x{3,}|\*+)$/i;

/**
 * Who may have complained: one is sure, of several nobody knows.
 *
 * The part's own fields say it best. Else it is whom the original was addressed to; where that is several, or told to nobody, a field or
 * a return path in which one stands decides, if it can be read in one way only.
 *
 * @param fields those of the message/feedback-report part
 * @param original the header of the mail that the complaint is about
 */
export function complainedRecipients(
  fields: readonly HeaderField[],
  original: readonly HeaderField[],
): readonly string[] {
  const named = addressesOf(fields, "original-rcpt-to");
  if (named.some(isOpen)) return named.filter(isOpen);
  const sure = [...addressesOf(fields, "removal-recipient"), ...addressesOf(original, HOTMAIL_RECIPIENT)].find(isOpen);
  if (sure !== undefined) return [sure];

  const to = addressesOf(original, "to");
  const addressed = to.length > 0 ? to : addressesOf(original, "cc");
  const open = addressed.filter(isOpen);
  if (open.length === 1) return open;
  const hints = hintsIn(fields, original);
  const known = new Set(open.map((address) => address.toLowerCase()));
  const hint = hints.find((address) => known.size === 0 || known.has(address.toLowerCase()));
  if (hint !== undefined) return [hint];
  return [open, addressed, named].find(({ length }) => length > 0) ?? [];
}

function hintsIn(fields: readonly HeaderField[], original: readonly HeaderField[]): readonly string[] {
  const returnPaths = [...addressesOf(fields, "original-mail-from"), ...addressesOf(original, "return-path")];
  return [
    ...DELIVERED_TO.flatMap((name) => addressesOf(original, name)),
    ...returnPaths.flatMap((returnPath) => verpRecipient(returnPath) ?? []),
  ].filter(isOpen);
}

/** All addresses of the fields of this name, each once. */
function addressesOf(fields: readonly HeaderField[], name: string): readonly string[] {
  const addresses = fields
    .filter((field) => field.name === name)
    .flatMap(({ value }) => splitAddresses(value))
    .flatMap((written) => readReportedAddress(written)?.address ?? []);
  const seen = new Set<string>();
  return addresses.filter((address) => seen.size < seen.add(address.toLowerCase()).size);
}

/** Cuts a list at its commas, but for those in quotes. Of a list that is too long, the beginning. */
function splitAddresses(list: string): readonly string[] {
  const value = list.slice(0, MAX_LIST_LENGTH);
  let isQuoted = false;
  let start = 0;
  const pieces: string[] = [];
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '"') isQuoted = !isQuoted;
    if (isQuoted || (value[at] !== "," && value[at] !== ";")) continue;
    pieces.push(value.slice(start, at));
    start = at + 1;
  }
  return list.length > MAX_LIST_LENGTH ? pieces : [...pieces, value.slice(start)];
}

function isOpen(address: string): boolean {
  return !REDACTED.test(address.slice(0, address.lastIndexOf("@")));
}

/**
 * The recipient in a return path of the form `bounces+user=isp.example@acme.example`. Only where it can be read in one way: behind
 * the plus sign, with no other mark in it that could divide.
 */
function verpRecipient(returnPath: string): string | undefined {
  if (sesId(returnPath) !== undefined) return undefined;
  const [, local, domain] = /^[^+=@]{1,64}\+([\w.]{1,64})=([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})@/.exec(returnPath) ?? [];
  return local === undefined ? undefined : `${local}@${domain}`;
}
