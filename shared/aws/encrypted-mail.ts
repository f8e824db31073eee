import { createDecipheriv } from "node:crypto";
import { Transform } from "node:stream";
import { MailUndecryptableError } from "../errors.ts";
import { MAX_MAIL_BYTES } from "../message/limits.ts";

// SES encrypts a mail before it stores it when the S3 action names a KMS key (SES fact 1.10.1): the S3 encryption client's second
// form, a data key wrapped by KMS beside the object, and AES-256-GCM with the tag behind the body.

/** How a mail was encrypted, as the metadata of its object says. */
export interface MailEncryption {
  /** The data key, as KMS wrapped it. */
  readonly encryptedKey: Buffer;
  /** 12 bytes. */
  readonly iv: Buffer;
  /** What KMS wants to be told besides, to the letter. */
  readonly context: Readonly<Record<string, string>>;
  /** Bytes of the mail before it was encrypted, where that is stated. */
  readonly size: number | undefined;
}

/** An object's user metadata, as the SDK gives it: lower case, without `x-amz-meta-`. */
export type ObjectMetadata = Readonly<Record<string, string | undefined>>;

const IV_BYTES = 12;
export const TAG_BYTES = 16;
const DATA_KEY_BYTES = 32;

/** The first form (`x-amz-key`) is told from a plain mail too, and then refused as unknown. */
export function isEncrypted(metadata: ObjectMetadata): boolean {
  return "x-amz-key-v2" in metadata || "x-amz-key" in metadata;
}

/** Fields that have one of a few values. `kms+context` is what newer clients call the same wrapping. */
const KNOWN_VALUES: readonly (readonly [field: string, values: readonly string[]])[] = [
  ["x-amz-cek-alg", ["AES/GCM/NoPadding"]],
  ["x-amz-wrap-alg", ["kms", "kms+context"]],
  ["x-amz-tag-len", [String(TAG_BYTES * 8)]],
];

/**
 * @param key of the mail, for the error
 * @throws {MailUndecryptableError} naming the field that is missing or not known
 */
export function readEncryption(key: string, metadata: ObjectMetadata): MailEncryption {
  const refuse = (why: string): never => {
    throw new MailUndecryptableError(key, why);
  };
  const field = (name: string): string => metadata[name] ?? refuse(`its metadata has no ${name}`);
  for (const [name, values] of KNOWN_VALUES) {
    const value = field(name);
    if (!values.includes(value)) refuse(`${name}: expected ${values.join(" or ")}, got ${value.slice(0, 40)}`);
  }
  const encryptedKey = Buffer.from(field("x-amz-key-v2"), "base64");
  const iv = Buffer.from(field("x-amz-iv"), "base64");
  if (encryptedKey.length === 0) refuse("x-amz-key-v2: expected a wrapped key in Base64");
  if (iv.length !== IV_BYTES) refuse(`x-amz-iv: expected ${IV_BYTES} bytes in Base64, got ${iv.length}`);
  const size = metadata["x-amz-unencrypted-content-length"];
  if (size !== undefined && !/^\d{1,15}$/.test(size)) refuse("x-amz-unencrypted-content-length: expected a number");
  return {
    encryptedKey,
    iv,
    context: readContext(field("x-amz-matdesc")) ?? refuse("x-amz-matdesc: expected a JSON object of strings"),
    size: size === undefined ? undefined : Number(size),
  };
}

/** Who reads a mail leaves one that is too large before its end, where the tag is, and would decide on what nobody checked. */
export const TOO_LARGE = `it is larger than SES takes in (${MAX_MAIL_BYTES} bytes), so nothing of it was checked`;

function readContext(json: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isContext(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isContext(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string")
  );
}

/**
 * Turns the body of an encrypted mail into the mail, as it comes.
 *
 * What it gives is proven only at its end, where the tag is: who reads it must not use what it read when it ends in an error. It
 * ends in a {@link MailUndecryptableError} whenever a bit differs, something is missing, or something was added, and as soon as it
 * is larger than any mail.
 *
 * @throws {MailUndecryptableError} when the data key is no key of AES-256
 */
export function decryptMail(key: string, dataKey: Uint8Array, { iv, size }: MailEncryption): Transform {
  if (dataKey.length !== DATA_KEY_BYTES) {
    throw new MailUndecryptableError(key, `expected a data key of ${DATA_KEY_BYTES} bytes, got ${dataKey.length}`);
  }
  const decipher = createDecipheriv("aes-256-gcm", dataKey, iv, { authTagLength: TAG_BYTES });
  let held = Buffer.alloc(0);
  let given = 0;

  function problemAtEnd(): string | undefined {
    if (held.length < TAG_BYTES) return `it has ${held.length} bytes, fewer than its tag`;
    try {
      decipher.setAuthTag(held).final();
    } catch {
      return "it was changed or cut after it was encrypted, or the key is another's";
    }
    return size === undefined || size === given ? undefined : `expected ${size} bytes of mail, got ${given}`;
  }

  return new Transform({
    transform(chunk: Buffer, _, done) {
      held = Buffer.concat([held, chunk]);
      // The last bytes so far may be the tag.
      const body = held.subarray(0, Math.max(0, held.length - TAG_BYTES));
      held = held.subarray(body.length);
      given += body.length;
      if (given > MAX_MAIL_BYTES) done(new MailUndecryptableError(key, TOO_LARGE));
      else done(null, decipher.update(body));
    },
    flush(done) {
      const why = problemAtEnd();
      done(why === undefined ? null : new MailUndecryptableError(key, why));
    },
  });
}
