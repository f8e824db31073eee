import { LossyContentError, MalformedEventError } from "../errors.ts";
import { describe } from "./event-shape.ts";

/** The spellings of `receipt.action.encoding`: documentation and real notifications differ (`UTF-8`, `UTF8`, `BASE64`, `Base64`). */
const ENCODINGS = ["utf8", "base64"] as const;
type Encoding = (typeof ENCODINGS)[number];

/** The default of the SNS action; notifications of its first years do not say it. */
const UNSAID: Encoding = "utf8";

/** @throws {MalformedEventError} for an encoding that is not known */
export function readEncoding(written: string | null | undefined, path: string): Encoding {
  const letters = written?.toLowerCase().replace(/[^a-z0-9]/g, "") || UNSAID;
  const encoding = ENCODINGS.find((each) => each === letters);
  if (encoding === undefined) throw new MalformedEventError(path, '"UTF-8" or "BASE64"', describe(written, true));
  return encoding;
}

/**
 * The bytes of a mail that came inside its announcement (SES fact 1.9.4): exactly those that SES received, or none.
 *
 * A mail begins with header fields, and no header field is without a colon, which Base64 does not have. So a content that is
 * plainly the other encoding than it is said to be is read as what it is.
 *
 * @param path where it stood in the event
 * @throws {MalformedEventError} when it is neither
 * @throws {LossyContentError} when bytes of it were replaced
 */
export function readContent(content: string, said: Encoding, path: string): Uint8Array {
  const decoded = decodeBase64(content);
  if (decoded !== undefined && (said === "base64" || beginsLikeAMail(decoded.toString("latin1", 0, MAX_NAME))))
    return decoded;
  if (said === "base64" && !beginsLikeAMail(content.slice(0, MAX_NAME)))
    throw new MalformedEventError(path, "whole and valid Base64", `${describe(content)} that are not`);
  // A mail in another charset: SES's JSON is Unicode, and has U+FFFD in place of what is not.
  if (!content.isWellFormed() || content.includes("\uFFFD")) throw new LossyContentError(path);
  return Buffer.from(content, "utf8");
}

/** Node passes over what is no Base64 and over what is missing at its end; written again, such a text is another. */
function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes : undefined;
}

/** Characters in which the name of the first field must end. */
const MAX_NAME = 1_000;

/** RFC 5322 section 3.6.8: a name of printable ASCII characters, and a colon. */
function beginsLikeAMail(start: string): boolean {
  return /^[!-9;-~]+[ \t]*:/.test(start);
}
