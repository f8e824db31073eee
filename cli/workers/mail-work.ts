import type { TrustPolicy } from "../../shared/feedback/trust-policy.ts";
import type { Evaluation } from "../../shared/inbound/decide.ts";
import type { RulesFile } from "../../shared/rules/rules-file.ts";
import type { ParsedMail } from "../parse-output.ts";
import { openStoredMail, type StoredMail } from "../sources/stored-mail.ts";

/** What is done to each mail, in a form that can be handed to a worker. */
export type MailWork =
  | {
      readonly kind: "replay";
      /** As checked. Not the file's name: an edit during the run must not give two workers different rules. */
      readonly rules: RulesFile;
      readonly trustHeaders: boolean;
      /** Whose reports about our mails are believed. */
      readonly trust: TrustPolicy;
    }
  | { readonly kind: "parse" };

export interface MailWorkResult {
  readonly replay: Evaluation;
  readonly parse: ParsedMail;
}

/** Prepares the work: rules are compiled once. What the work needs is loaded here and not before. */
export async function prepareMailWork(
  work: MailWork,
): Promise<(mail: StoredMail) => Promise<MailWorkResult[MailWork["kind"]]>> {
  return work.kind === "replay" ? prepareReplay(work) : prepareParse();
}

async function prepareReplay({ rules, trustHeaders, trust }: Extract<MailWork, { kind: "replay" }>) {
  const { evaluateMail } = await import("../../shared/inbound/evaluate-mail.ts");
  const { compileRules } = await import("../../shared/rules/compile-rules.ts");
  const compiled = compileRules(rules);
  return async (mail: StoredMail): Promise<Evaluation> =>
    evaluateMail({ ...(await openStoredMail(mail)), storageKey: mail.source, trustHeaders }, compiled, trust);
}

async function prepareParse() {
  const { parseMessage } = await import("../../shared/message/parse-message.ts");
  const { parsedMail } = await import("../parse-output.ts");
  return async (mail: StoredMail): Promise<ParsedMail> => {
    const { raw, size } = await openStoredMail(mail);
    return parsedMail(mail.source, await parseMessage(raw, size));
  };
}
