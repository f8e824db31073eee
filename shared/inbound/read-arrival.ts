import type { Message } from "../message/message.ts";
import { parseHeader, parseMessage } from "../message/parse-message.ts";
import type { MailStore } from "../ports.ts";
import type { Arrival } from "../receipt/arrival.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { receiptFromHeaders } from "./receipt-from-headers.ts";
import { type Unreadable, unreadableMail } from "./unreadable-mail.ts";

/** An announced mail as it was read, or why it could not be. */
export type ReadArrival = { readonly receipt: Receipt } & (
  | { readonly message: Message; readonly unreadable?: undefined }
  | { readonly message?: undefined; readonly unreadable: Unreadable }
);

/** How a mail is to be read after what became of it before. */
export interface Reading {
  /** A mail that is not there, or may not be read, is given up. */
  readonly isLastLook: boolean;
  /** No more than its header is read. */
  readonly headerOnly: boolean;
}

/**
 * Reads an announced mail from the store.
 *
 * @throws what the store throws, when the mail can be read another time
 */
export async function readArrival(
  arrival: Arrival,
  store: MailStore,
  { isLastLook, headerOnly }: Reading,
): Promise<ReadArrival> {
  try {
    const { body, size } = await store.open(arrival.storageKey);
    const message = await (headerOnly ? parseHeader(body, size) : parseMessage(body, size));
    return { message, receipt: arrival.receipt ?? storedReceipt(message, arrival) };
  } catch (error) {
    const unreadable = unreadableMail(error);
    if (unreadable === undefined || (unreadable.mayComeYet && !isLastLook)) throw error;
    return { unreadable, receipt: arrival.receipt ?? bareReceipt(arrival) };
  }
}

/** It is SES's word when it names the mail as its key does. */
function storedReceipt(message: Message, { sesMessageId, storageKey }: Arrival): Receipt {
  const trusted = receiptFromHeaders(message, { storageKey, trustHeaders: true });
  return {
    ...trusted,
    sesMessageId,
    verdictsTrusted: trusted.verdictsTrusted && trusted.sesMessageId === sesMessageId,
  };
}

function bareReceipt({ sesMessageId, storageKey }: Arrival): Receipt {
  return {
    sesMessageId,
    receivedAt: null,
    envelope: { mailFrom: "", recipients: [] },
    verdicts: {},
    headersTruncated: false,
    storageKey,
    origin: "rebuilt",
    verdictsTrusted: false,
  };
}
