import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import type { Message } from "../../shared/message/message.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { isTextReason, type TextReason } from "../../shared/rules/reason.ts";

/** Why a rule matched a mail, as the mail's record has it, and what stands in the mail at the place that it tells. */
export interface FoundReason {
  readonly reason: TextReason;
  readonly found: string;
}

/** Evaluates a raw mail under one rule, the whole way from the bytes to the record; its first reason. */
export async function findReason(mail: Buffer, keywords: unknown): Promise<FoundReason | undefined> {
  const rules = compileRules(readRules(JSON.stringify({ rules: [{ name: "it", when: { keywords } }] }), "rules.yml"));
  const { record } = await evaluateMail({ raw: mail, storageKey: "raw/1", trustHeaders: false }, rules);
  const reason = record.matches[0]?.because.find(isTextReason);
  return reason && { reason, found: textOf(await parseMessage(mail), reason).slice(reason.start, reason.end) };
}

/** The text in which the offsets of a reason count. */
function textOf(message: Message, { field, where = field }: TextReason): string {
  const steps = where.replace(/\bhtml$/, "htmlText").match(/\w+/g) ?? [];
  const value = steps.reduce<unknown>((inside, step) => (inside as Record<string, unknown>)[step], message);
  return typeof value === "object" && value !== null && "text" in value ? String(value.text) : String(value);
}
