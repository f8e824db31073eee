import * as z from "zod/mini";
import type { Receipt, VerdictName, VerdictStatus, Verdicts } from "./receipt.ts";
import { VERDICT_NAMES, VERDICT_STATUSES } from "./receipt.ts";
import { isSesMessageId } from "./storage-key.ts";
import { readTimestamp } from "./timestamp.ts";

// The `mail` and `receipt` objects are the same in the Lambda action's event, in topic notifications and in those with
// content (SES facts 1.9.1, 1.9.3, 1.9.4); only what is wrapped around them differs.
// What Mailroom does not read is not checked: real events lack `dmarcPolicy`, `subject` or a whole verdict, and give
// `processingTimeMillis` as a number or a string. A mail is not refused for that.

const verdict = z.nullish(
  z.object({ status: z.nullish(z.string("a status word")) }, 'an object with a status, such as {"status": "PASS"}'),
);

const mail = z.object(
  {
    messageId: z
      .string("an SES message id")
      .check(z.refine(isSesMessageId, "an SES message id: up to 128 printable ASCII characters without a slash")),
    source: z.nullish(z.string("the envelope sender, a string")),
    timestamp: z.nullish(z.string("an ISO 8601 time, a string")),
    headersTruncated: z.nullish(z.boolean("true or false")),
  },
  "the mail object",
);

const receipt = z.object(
  {
    recipients: z.array(z.string("an envelope recipient, a string"), "an array of envelope recipients"),
    timestamp: z.nullish(z.string("an ISO 8601 time, a string")),
    spamVerdict: verdict,
    virusVerdict: verdict,
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
  },
  "the receipt object",
);

/** The two objects with which SES announces a mail. */
export const announcement = z.object({ mail, receipt }, "an object with mail and receipt");
export type Announcement = z.infer<typeof announcement>;

/**
 * What SES says of one arrival.
 *
 * Recipients are the envelope's, those that the receipt rule took; `mail.destination` repeats the headers, which know
 * nothing of BCC and forwarding. A time that cannot be read is no reason to lose a mail: `receivedAt` is then `null`.
 */
export function toReceipt({ mail, receipt }: Announcement, storageKey: string): Receipt {
  return {
    sesMessageId: mail.messageId,
    receivedAt: readTimestamp(mail.timestamp ?? "") ?? readTimestamp(receipt.timestamp ?? ""),
    envelope: { mailFrom: withoutBrackets(mail.source ?? ""), recipients: receipt.recipients },
    verdicts: readVerdicts(receipt),
    headersTruncated: mail.headersTruncated ?? false,
    storageKey,
    origin: "event",
    verdictsTrusted: true,
  };
}

function readVerdicts(receipt: Announcement["receipt"]): Verdicts {
  const verdicts: Partial<Record<VerdictName, VerdictStatus>> = {};
  for (const name of VERDICT_NAMES) {
    const status = receipt[`${name}Verdict`]?.status;
    if (status != null) verdicts[name] = verdictStatus(status);
  }
  return verdicts;
}

/** A status word of SES; a word that it may invent tomorrow says neither PASS nor FAIL, so it counts as GRAY. */
export function verdictStatus(word: string): VerdictStatus {
  return VERDICT_STATUSES.find((status) => status === word) ?? "GRAY";
}

/** The null sender of bounces comes as `<>` or as nothing (SES fact 1.9.1). */
function withoutBrackets(address: string): string {
  return address.startsWith("<") && address.endsWith(">") ? address.slice(1, -1) : address;
}
