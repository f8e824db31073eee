import { pipeline } from "node:stream";
import { MailEncryptedError, MailUndecryptableError } from "../errors.ts";
import { MAX_MAIL_BYTES } from "../message/limits.ts";
import type { DataKeys, OpenedMail } from "../ports.ts";
import {
  decryptMail,
  type MailEncryption,
  type ObjectMetadata,
  readEncryption,
  TAG_BYTES,
  TOO_LARGE,
} from "./encrypted-mail.ts";
import { keyRefusal } from "./kms-data-keys.ts";

/**
 * The mail in an object that SES encrypted. Its body is decrypted as it is read.
 *
 * @param stored the object as S3 gave it; destroyed when it cannot be decrypted
 * @throws {MailEncryptedError} when there is nothing to unwrap the data key with, or it may not be used
 * @throws {MailUndecryptableError} when the form is not known, the wrapped key is damaged, or the mail is too large to be read to its
 *   tag; where that is not known beforehand, the body ends in it
 */
export async function openEncrypted(
  { key, size, body }: OpenedMail,
  metadata: ObjectMetadata,
  keys: DataKeys | undefined,
): Promise<OpenedMail> {
  // It may break while KMS is asked and nobody reads it yet: it is told to whoever reads then.
  body.on("error", () => {});
  try {
    const encryption = readEncryption(key, metadata);
    const length = size === undefined ? undefined : size - TAG_BYTES;
    if (Math.max(length ?? 0, encryption.size ?? 0) > MAX_MAIL_BYTES) throw new MailUndecryptableError(key, TOO_LARGE);
    if (keys === undefined) throw new MailEncryptedError(key);
    const decrypted = decryptMail(key, await unwrap(key, encryption, keys), encryption);
    // Whatever ends one of the two ends the other; the reader sees the error on the mail.
    pipeline(body, decrypted, () => {});
    return { key, size: encryption.size ?? length, body: decrypted };
  } catch (error) {
    body.destroy();
    throw error;
  }
}

async function unwrap(key: string, { encryptedKey, context }: MailEncryption, keys: DataKeys): Promise<Uint8Array> {
  try {
    return await keys.decrypt(encryptedKey, context);
  } catch (cause) {
    const refusal = keyRefusal(cause);
    if (refusal === undefined) throw cause;
    if (refusal === "denied") throw new MailEncryptedError(key, { cause });
    throw new MailUndecryptableError(key, "KMS takes its wrapped key for damaged, or for another mail's", { cause });
  }
}
