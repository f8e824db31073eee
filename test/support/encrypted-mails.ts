import { createCipheriv } from "node:crypto";

/** 32 bytes: 0, 1, 2, …, as in the facts about SES. */
export const DATA_KEY = Buffer.from(Array.from({ length: 32 }, (_, byte) => byte));
export const IV = DATA_KEY.subarray(0, 12);

/** What SES tells KMS besides the key (SES fact 1.10.1). */
export const CONTEXT = {
  "aws:ses:message-id": "m1",
  "aws:ses:rule-name": "store",
  "aws:ses:source-account": "123456789012",
  kms_cmk_id: "arn:aws:kms:eu-west-1:123456789012:key/1",
};

/** The body of an object that SES encrypted: the ciphertext with its tag behind it. */
export function encryptedBody(mail: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", DATA_KEY, IV);
  return Buffer.concat([cipher.update(mail), cipher.final(), cipher.getAuthTag()]);
}

/** The user metadata of such an object. */
export function encryptionMetadata(wrappedKey: Uint8Array, size: number): Record<string, string> {
  return {
    "x-amz-key-v2": Buffer.from(wrappedKey).toString("base64"),
    "x-amz-iv": IV.toString("base64"),
    "x-amz-cek-alg": "AES/GCM/NoPadding",
    "x-amz-wrap-alg": "kms",
    "x-amz-tag-len": "128",
    "x-amz-unencrypted-content-length": String(size),
    "x-amz-matdesc": JSON.stringify(CONTEXT),
  };
}
