import type { Readable } from "node:stream";
import type { KnownAlerts } from "../../shared/alerts/loop-mark.ts";
import { decide, type Evaluation } from "../../shared/inbound/decide.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import type { CompiledRules } from "../../shared/rules/compile-rules.ts";

/** Decides about a raw mail that SES announced, as process-mail does once it has the mail: whose reports are believed is left to SES. */
export async function evaluateAnnounced(
  {
    raw,
    size,
    receipt,
    knownAlerts,
  }: {
    readonly raw: Readable | Uint8Array;
    readonly size?: number | undefined;
    readonly receipt: Receipt;
    readonly knownAlerts?: KnownAlerts | undefined;
  },
  rules: CompiledRules,
): Promise<Evaluation> {
  return decide({ message: await parseMessage(raw, size), receipt, knownAlerts }, rules, { allow: [] });
}
