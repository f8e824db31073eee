import type { ReceiptAction, ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import type { Deployment } from "../../deployment/outputs.ts";
import { error, type Found, ok, warning } from "../finding.ts";

/** What a receipt rule has to do for a deployment (SES fact 1.5). */
export type RuleOwner = Pick<Deployment, "MailBucket" | "MailPrefix" | "ProcessMailFunction">;

/** What makes a rule as it should be. */
export interface RuleMend {
  /** Where it is switched off, or does not scan. */
  readonly switches: string;
  readonly actions: string;
}

export function checkRule(rule: ReceiptRule, owner: RuleOwner, mend: RuleMend): readonly Found[] {
  const wrong = [
    ...(rule.enabled
      ? []
      : [error(`the receipt rule ${rule.name} is disabled`, "SES passes it over: no mail comes.", mend.switches)]),
    ...checkActions(rule, owner, mend.actions),
    ...(rule.scanEnabled
      ? []
      : [
          warning(
            `the receipt rule ${rule.name} does not scan mail`,
            "Without the verdicts on spam and viruses, what your rules say of them never comes true.",
            mend.switches,
          ),
        ]),
  ];
  return wrong.length > 0
    ? wrong
    : [ok(`the receipt rule ${rule.name} is enabled, scans, stores the mail and then calls process-mail`)];
}

function checkActions({ name, actions }: ReceiptRule, owner: RuleOwner, mend: string): readonly Found[] {
  const stores = actions.findIndex((action) => isStoring(action, owner));
  const calls = actions.findIndex((action) => isCalling(action, owner));
  if (stores < 0)
    return [
      error(
        `the receipt rule ${name} does not store mail in ${owner.MailBucket} below ${owner.MailPrefix}`,
        "process-mail finds no mail where it looks for it.",
        mend,
      ),
    ];
  if (calls < 0)
    return [error(`the receipt rule ${name} does not call process-mail`, "Mail is stored, and nobody reads it.", mend)];
  if (calls < stores)
    return [
      error(
        `the receipt rule ${name} calls process-mail before it stores the mail`,
        "The function looks for a mail that is not there yet, and has to be tried again for each.",
        mend,
      ),
    ];
  const end = actions.find(({ type }, at) => at < calls && ENDS.has(type));
  if (end !== undefined)
    return [
      error(
        `the receipt rule ${name} has a ${end.type} before it ${actions.indexOf(end) < stores ? "stores the mail" : "calls process-mail"}`,
        "Such an action ends what SES does with a mail, or refuses it.",
        mend,
      ),
    ];
  return checkCall(name, actions[calls], mend);
}

/** They end a mail's way. */
const ENDS = new Set(["StopAction", "BounceAction"]);

function checkCall(name: string, call: ReceiptAction | undefined, mend: string): readonly Found[] {
  // SES calls asynchronously unless told otherwise (SES fact 1.7).
  if (call?.settings["InvocationType"] !== "RequestResponse") return [];
  return [
    error(
      `the receipt rule ${name} waits for process-mail (InvocationType RequestResponse)`,
      "SES waits for 30 seconds at most, and what fails is not kept in the dead-letter queue.",
      mend,
    ),
  ];
}

function isStoring({ type, settings }: ReceiptAction, { MailBucket, MailPrefix }: RuleOwner): boolean {
  return type === "S3Action" && settings["BucketName"] === MailBucket && settings["ObjectKeyPrefix"] === MailPrefix;
}

function isCalling({ type, settings }: ReceiptAction, { ProcessMailFunction }: RuleOwner): boolean {
  return type === "LambdaAction" && settings["FunctionArn"] === ProcessMailFunction;
}
