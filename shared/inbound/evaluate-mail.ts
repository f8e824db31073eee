import type { Readable } from "node:stream";
import type { TrustPolicy } from "../feedback/trust-policy.ts";
import { parseMessage } from "../message/parse-message.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { decide, type Evaluation } from "./decide.ts";
import { receiptFromHeaders } from "./receipt-from-headers.ts";

interface RawMail {
  readonly raw: Readable | Uint8Array;
  /** Bytes of a stream, where they are known beforehand. */
  readonly size?: number | undefined;
}

/** A raw mail whose arrival SES announced. */
interface AnnouncedMail extends RawMail {
  readonly receipt: Receipt;
  readonly storageKey?: never;
  readonly trustHeaders?: never;
}

/** A raw mail that was found in a store or a file: its receipt is rebuilt from the headers that SES wrote. */
interface FoundMail extends RawMail {
  readonly receipt?: never;
  /** Where it was found: the key, or a path. */
  readonly storageKey: string;
  /** Whether the verdicts in its headers may be believed: it comes from our own bucket. */
  readonly trustHeaders: boolean;
}

export type MailToEvaluate = AnnouncedMail | FoundMail;

const TRUST_SES_ALONE: TrustPolicy = { allow: [] };

/**
 * Reads a mail and decides what to do about it, without doing it: the half of the inbound story that is the same for a
 * Lambda, a dry run and a worker thread.
 *
 * @param trust whose reports about our mails are believed
 * @throws only what reading `raw` throws
 */
export async function evaluateMail(
  mail: MailToEvaluate,
  rules: CompiledRules,
  trust: TrustPolicy = TRUST_SES_ALONE,
): Promise<Evaluation> {
  const message = await parseMessage(mail.raw, mail.size);
  const receipt = mail.receipt === undefined ? receiptFromHeaders(message, mail) : mail.receipt;
  return decide({ message, receipt }, rules, trust);
}
