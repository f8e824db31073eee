import { createHash } from "node:crypto";

/** Bytes of UTF-8. With the address's shelf and time before it, it must fit into a sort key of DynamoDB, which has 1,024 bytes at most. */
const MAX_ID_BYTES = 512;

/**
 * An id of evidence as it stands in the key of a table. The attack: ids that are too long for a key, or that become one another when half
 * characters are replaced on the way to UTF-8. Of those, the hash stands for them.
 */
export function storedId(id: string): string {
  if (id.isWellFormed() && Buffer.byteLength(id) <= MAX_ID_BYTES) return id;
  return `sha256-${createHash("sha256").update(JSON.stringify(id)).digest("hex")}`;
}
