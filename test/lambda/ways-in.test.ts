import { expect, test } from "vitest";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import { rebuildReceipt } from "../../shared/receipt/rebuild-receipt.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { announcedBy, announcedFile, DIALECTS, MAIL_ID, RAW_MAIL, RECEIPT } from "../support/announced.ts";
import { storedMail } from "../support/stored-headers.ts";
import { TRANSPORTS } from "../support/transports.ts";

// Every dialect × every wrapping. EventBridge has no event of its own for a mail that SES received; what S3 puts there is a dialect.
const WAYS = TRANSPORTS.filter(({ way }) => !way.startsWith("EventBridge"));

/** What is known of a mail once its raw bytes lie in the store. */
function asProcessed({ sesMessageId, storageKey, receipt, content }: Arrival) {
  return {
    sesMessageId,
    storageKey,
    receipt: receipt ?? fromHeaders(storageKey),
    raw: content === undefined ? RAW_MAIL : new TextDecoder().decode(content),
  };
}

/** Where the store alone announced it, only the receipt's origin is another. */
function fromHeaders(storageKey: string): Receipt {
  const [headers = ""] = RAW_MAIL.replaceAll("\r\n", "\n").split("\n\n");
  return { ...rebuildReceipt(storedMail(headers), { storageKey, trustHeaders: true }), origin: "event" };
}

test.each(DIALECTS.flatMap((dialect) => WAYS.map(({ way, wrap }) => ({ dialect, way, wrap }))))(
  "trap 1.9, a schema stricter than reality: $dialect, $way, is the same arrival",
  ({ dialect, wrap }) => {
    const [announced, ...more] = announcedBy(JSON.parse(JSON.stringify(wrap(announcedFile(dialect)))));
    expect(more).toEqual([]);
    if (announced?.kind !== "mail") throw new Error("no mail is announced");
    expect(asProcessed(announced.arrival)).toEqual({
      sesMessageId: MAIL_ID,
      storageKey: RECEIPT.storageKey,
      receipt: RECEIPT,
      raw: RAW_MAIL,
    });
  },
);
