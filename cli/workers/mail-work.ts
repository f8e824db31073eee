import type { Evaluation } from "../../shared/inbound/decide.ts";
import type { ParsedMail } from "../parse-output.ts";
import { openStoredMail, type StoredMail } from "../sources/stored-mail.ts";

/** What is done to each mail, in a form that can be handed to a worker. */
export type MailWork =
  | {
      readonly kind: "replay";
      /** The text and not only the name: an edit during the run must not give two workers different rules. */
      readonly rules: { readonly yaml: string; readonly file: string };
      readonly trustHeaders: boolean;
    }
  | { readonly kind: "parse" };

export interface MailWorkResult {
  readonly replay: Evaluation;
  readonly parse: ParsedMail;
}

/** Prepares the work: rules are read and compiled once. What the work needs is loaded here and not before. */
export async function prepareMailWork(
  work: MailWork,
): Promise<(mail: StoredMail) => Promise<MailWorkResult[MailWork["kind"]]>> {
  return work.kind === "replay" ? prepareReplay(work) : prepareParse();
}

async function prepareReplay({ rules, trustHeaders }: Extract<MailWork, { kind: "replay" }>) {
  const { evaluateMail } = await import("../../shared/inbound/evaluate-mail.ts");
  const { readRules } = await import("../../shared/rules/read-rules.ts");
  const { compileRules } = await import("../../shared/rules/compile-rules.ts");
  const compiled = compileRules(readRules(rules.yaml, rules.file));
  return async (mail: StoredMail): Promise<Evaluation> =>
    evaluateMail(
      { raw: await openStoredMail(mail), source: mail.source, storageKey: mail.source, trustHeaders },
      compiled,
    );
}

async function prepareParse() {
  const { parseMessage } = await import("../../shared/message/parse-message.ts");
  const { parsedMail } = await import("../parse-output.ts");
  return async (mail: StoredMail): Promise<ParsedMail> =>
    parsedMail(mail.source, await parseMessage(await openStoredMail(mail)));
}
