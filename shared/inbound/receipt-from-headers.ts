import { createHash } from "node:crypto";
import { parseMailDate } from "../message/header/date.ts";
import type { Message } from "../message/message.ts";
import { rebuildReceipt } from "../receipt/rebuild-receipt.ts";
import type { Receipt } from "../receipt/receipt.ts";

/** The receipt of a mail that came without SES's word: what SES wrote on top of it (SES fact 1.10). */
export function receiptFromHeaders(
  message: Message,
  at: { readonly storageKey: string; readonly trustHeaders: boolean },
): Receipt {
  const { rawHeaders: headers } = message;
  return rebuildReceipt({ ...message, sha256: hashOf(message), headers, readDate: parseMailDate }, at);
}

/** A mail too large to be read whole has no hash of its bytes; what is known of it tells it from others all the same. */
function hashOf({ sha256, size, rawHeaders }: Message): string {
  return (
    sha256 ||
    createHash("sha256")
      .update(JSON.stringify([size, rawHeaders]))
      .digest("hex")
  );
}
