import type { Readable } from "node:stream";
import type { TrustPolicy } from "../feedback/trust-policy.ts";
import { parseMessage } from "../message/parse-message.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { decide, type Evaluation } from "./decide.ts";
import { receiptFromHeaders } from "./receipt-from-headers.ts";

/** A raw mail that was found in a store or a file. */
export interface FoundMail {
  readonly raw: Readable | Uint8Array;
  /** Bytes of a stream, where they are known beforehand. */
  readonly size?: number | undefined;
  /** Where it was found: the key, or a path. */
  readonly storageKey: string;
  /** Whether the verdicts in its headers may be believed: it comes from our own bucket. */
  readonly trustHeaders: boolean;
}

const TRUST_SES_ALONE: TrustPolicy = { allow: [] };

/**
 * Reads a mail and decides what to do about it, without doing it; its receipt is rebuilt from the headers that SES wrote.
 *
 * @param trust whose reports about our mails are believed
 * @throws only what reading `raw` throws
 */
export async function evaluateMail(
  mail: FoundMail,
  rules: CompiledRules,
  trust: TrustPolicy = TRUST_SES_ALONE,
): Promise<Evaluation> {
  const message = await parseMessage(mail.raw, mail.size);
  return decide({ message, receipt: receiptFromHeaders(message, mail) }, rules, trust);
}
