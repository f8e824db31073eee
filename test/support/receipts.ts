import type { Receipt, Verdicts } from "../../shared/receipt/receipt.ts";

/** Every check passed. */
export const ALL_PASS: Verdicts = { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "PASS", dmarc: "PASS" };

/** The receipt of a mail with which all is well, from SES's own event, but for what a test is about. */
export function receiptOf(parts: Partial<Receipt> = {}): Receipt {
  return {
    sesMessageId: "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01",
    receivedAt: "2026-11-20T09:14:03.412Z",
    envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
    verdicts: ALL_PASS,
    headersTruncated: false,
    storageKey: "raw/orders/k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01",
    origin: "event",
    verdictsTrusted: true,
    ...parts,
  };
}
