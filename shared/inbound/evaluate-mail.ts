import type { Readable } from "node:stream";
import { parseMailDate } from "../message/date.ts";
import { parseMessage } from "../message/parse-message.ts";
import { rebuildReceipt } from "../receipt/rebuild-receipt.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { CompiledRules } from "../rules/compile-rules.ts";
import { decide, type Evaluation } from "./decide.ts";

/** A raw mail, and what is known of its arrival. */
export interface MailToEvaluate {
  readonly raw: Readable | Uint8Array;
  /** What the record calls it: the storage key, or a path. */
  readonly source: string;
  readonly storageKey: string;
  /** What SES said. Without it the receipt is rebuilt from the headers that SES wrote. */
  readonly receipt?: Receipt;
  /** Whether a rebuilt receipt's verdicts may be believed: the mail comes from our own bucket. */
  readonly trustHeaders: boolean;
}

/**
 * Reads a mail and decides what to do about it, without doing it: the half of the inbound story that is the same for a
 * Lambda, a dry run and a worker thread.
 *
 * @throws only what reading `raw` throws
 */
export async function evaluateMail(mail: MailToEvaluate, rules: CompiledRules): Promise<Evaluation> {
  const message = await parseMessage(mail.raw);
  const { storageKey, trustHeaders } = mail;
  const stored = { ...message, headers: message.rawHeaders, readDate: parseMailDate };
  const receipt = mail.receipt ?? rebuildReceipt(stored, { storageKey, trustHeaders });
  return decide({ source: mail.source, message, receipt }, rules);
}
