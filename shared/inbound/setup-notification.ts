import type { Message } from "../message/message.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { SETUP_ID } from "../receipt/setup-id.ts";

/**
 * Whether this is SES's test object rather than a mail.
 *
 * An id that was rebuilt from headers does not count: anybody can write it. A copy of the object is known by what it lacks: nobody outside can send a mail that no server has put a Received field on.
 */
export function isSetupNotification(message: Message, receipt: Receipt): boolean {
  const isNamedSo = receipt.origin === "event" && receipt.sesMessageId === SETUP_ID;
  if (isNamedSo || receipt.storageKey.split("/").at(-1) === SETUP_ID) return true;
  const fields = new Set(message.headers.map(({ name }) => name));
  return (
    message.subject === "Amazon SES Setup Notification" &&
    message.from[0]?.address === "no-reply-aws@amazon.com" &&
    !fields.has("received") &&
    !fields.has("message-id")
  );
}
