import type { ReceiptAction, ReceiptRule } from "../../shared/receipt/receipt-rule.ts";
import { OUTPUTS } from "./deployment-outputs.ts";

/** A rule of somebody else that does nothing of note, unless told. */
export function ruleOf(name: string, said: Partial<ReceiptRule> = {}): ReceiptRule {
  return {
    name,
    enabled: true,
    tlsPolicy: "Optional",
    scanEnabled: true,
    recipients: [`${name}@acme.example`],
    actions: [{ type: "AddHeaderAction", settings: { HeaderName: "X-Acme-Route", HeaderValue: name } }],
    ...said,
  };
}

/** The rule of the deployment `OUTPUTS`, as its stack makes it. */
export function ourRule(said: Partial<ReceiptRule> = {}): ReceiptRule {
  return ruleOf(OUTPUTS.ReceiptRule, {
    recipients: ["mail.acme.example", "desk@acme.example"],
    actions: [
      { type: "S3Action", settings: { BucketName: OUTPUTS.MailBucket, ObjectKeyPrefix: OUTPUTS.MailPrefix } },
      { type: "LambdaAction", settings: { FunctionArn: OUTPUTS.ProcessMailFunction, InvocationType: "Event" } },
    ],
    ...said,
  });
}

export const STOP: ReceiptAction = { type: "StopAction", settings: { Scope: "RuleSet" } };

/** Calls a function and waits for what it says. */
export const ASK: ReceiptAction = {
  type: "LambdaAction",
  settings: { FunctionArn: OUTPUTS.ScreenMailFunction, InvocationType: "RequestResponse" },
};
