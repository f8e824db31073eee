import { DecryptCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { DataKeys } from "../ports.ts";

/**
 * Data keys unwrapped by KMS. Which KMS key wrapped one stands in the wrapped key itself, so there is none to configure.
 *
 * An error of KMS passes through as the SDK gives it, after the SDK's own retries; see {@link keyRefusal}.
 */
export function kmsDataKeys(client: KMSClient): DataKeys {
  return {
    async decrypt(encryptedKey, context) {
      const { Plaintext } = await client.send(
        new DecryptCommand({ CiphertextBlob: encryptedKey, EncryptionContext: { ...context } }),
      );
      return Plaintext ?? new Uint8Array();
    },
  };
}

/** Why KMS does not unwrap a key, where asking again changes nothing by itself. */
const REFUSALS: Readonly<Record<string, "denied" | "invalid">> = {
  AccessDeniedException: "denied",
  // Somebody disabled the key, or is about to delete it; both can be taken back.
  DisabledException: "denied",
  KMSInvalidStateException: "denied",
  NotFoundException: "denied",
  // The wrapped key is damaged, or the encryption context is not the one that it was wrapped with.
  InvalidCiphertextException: "invalid",
  InvalidKeyUsageException: "invalid",
};

/**
 * What an error of KMS says about the one key: `denied` when it may not be used, as long as nobody changes that; `invalid` when it
 * never will be of use; `undefined` when KMS itself failed (throttling, 5xx), and it is to be tried again.
 */
export function keyRefusal(error: unknown): "denied" | "invalid" | undefined {
  return error instanceof Error && Object.hasOwn(REFUSALS, error.name) ? REFUSALS[error.name] : undefined;
}
