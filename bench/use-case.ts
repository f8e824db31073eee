import type { Readable } from "node:stream";
import { decide } from "../shared/inbound/decide.ts";
import { receiptFromHeaders } from "../shared/inbound/receipt-from-headers.ts";
import { parseMessage } from "../shared/message/parse-message.ts";
import { type CompiledRules, compileRules } from "../shared/rules/compile-rules.ts";
import { readRules } from "../shared/rules/read-rules.ts";
import { createRandom } from "./mails/random.ts";
import { keywords } from "./mails/words.ts";

/** One rule with so many keywords, in English and Japanese. */
export function rulesWith(count: number): CompiledRules {
  const when = { keywords: keywords(count, createRandom(count)) };
  return compileRules(readRules(JSON.stringify({ rules: [{ name: "words", when }] }), "bench.yml", ["default"]));
}

/** So many rules of five keywords each. */
export function rulesOf(count: number): CompiledRules {
  const words = keywords(5 * count + 3, createRandom(count));
  const rules = Array.from({ length: count }, (_, at) => ({
    name: `rule-${at}`,
    when: { keywords: words.slice(3 + 5 * at, 8 + 5 * at) },
  }));
  return compileRules(readRules(JSON.stringify({ rules }), "bench.yml", ["default"]));
}

/** The whole use case without I/O: from the bytes of a mail to its record and its alerts. */
export async function evaluate(
  raw: Buffer | Readable,
  rules: CompiledRules,
  skim = true,
): Promise<ReturnType<typeof decide>> {
  const message = await parseMessage(raw, undefined, { skim });
  const receipt = receiptFromHeaders(message, { storageKey: "bench/mail", trustHeaders: true });
  return decide({ message, receipt }, rules, { allow: [] });
}
