import { ConfigurationError } from "../errors.ts";

/**
 * SES's ids are opaque: 28 to 64 letters and digits, longer hyphenated forms in its documentation (SES fact 1.9.1).
 * Ours become parts of keys and file names, so an id with a slash, a space or a control character is none.
 */
const MESSAGE_ID = /^[!-.0-[\]-~]{1,128}$/;

/** Whether a string can be an id that SES gave. */
export function isSesMessageId(id: string): boolean {
  return MESSAGE_ID.test(id) && id !== "." && id !== "..";
}

/** What a template writes that was given no prefix; every mail would be looked for in a folder of that name. */
const UNSET = ["undefined", "null", "NaN", "[object Object]"];

/** Whether a string can be the S3 action's key prefix, rather than the trace of a value that was never set. */
export function isKeyPrefix(prefix: string): boolean {
  return prefix.length <= 512 && !/\p{Cc}/u.test(prefix) && !prefix.split("/").some((folder) => UNSET.includes(folder));
}

/**
 * The key under which SES's S3 action stored a mail: prefix + id.
 *
 * SES writes a slash after a prefix that lacks it, its documentation speaks of plain joining (SES fact 1.10): with the
 * slash always there, both readings agree.
 *
 * @throws {ConfigurationError} when the prefix cannot be one
 */
export function storageKey(prefix: string, sesMessageId: string): string {
  if (!isKeyPrefix(String(prefix)))
    throw new ConfigurationError(`The prefix of stored mails: expected a key prefix, got "${prefix}"`);
  return prefix === "" || prefix.endsWith("/") ? prefix + sesMessageId : `${prefix}/${sesMessageId}`;
}
