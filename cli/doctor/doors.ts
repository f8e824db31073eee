import type { Deployment } from "../deployment/outputs.ts";
import { arnIn, lastPart, partitionOf } from "./arns.ts";
import type { Door } from "./checks/admission.ts";
import type { ServiceCall } from "./policy.ts";
import type { Subject } from "./subject.ts";

const SES = "ses.amazonaws.com";

/** SES stores mail. */
export function bucketDoor({ deployment }: Subject, ruleSet: string): Omit<Door, "policy"> {
  const { MailBucket, MailPrefix } = deployment;
  return {
    what: `the bucket ${MailBucket}`,
    consequence: "SES cannot store mail: it tries for 36 hours, and then the mail is lost.",
    call: callOf(
      deployment,
      "s3:PutObject",
      `arn:${partitionOf(deployment)}:s3:::${MailBucket}/${MailPrefix}id`,
      ruleOf(deployment, ruleSet),
    ),
  };
}

/** SES calls one of our functions. */
export function functionDoor({ deployment, aws }: Subject, ruleSet: string, arn: string): Omit<Door, "policy"> {
  const call = callOf(deployment, "lambda:InvokeFunction", arn, ruleOf(deployment, ruleSet));
  const { account, sourceArn } = call;
  const name = lastPart(arn);
  return {
    what: `the function ${name}`,
    consequence: "SES cannot call it: mail is stored, and nobody reads it.",
    call,
    command: aws(
      `lambda add-permission --function-name ${name} --statement-id ses --action lambda:InvokeFunction --principal ${SES} --source-account ${account} --source-arn ${sourceArn}`,
    ),
  };
}

/** SES tells of events of the configuration set. */
export function topicDoor({ deployment }: Subject, topic: string): Omit<Door, "policy"> {
  const source = `configuration-set/${deployment.ConfigurationSet}`;
  return {
    what: `the topic ${lastPart(topic)}`,
    consequence: "SES cannot tell it anything: nobody is suppressed.",
    call: callOf(deployment, "sns:Publish", topic, source),
  };
}

function ruleOf({ ReceiptRule }: Deployment, ruleSet: string): string {
  return `receipt-rule-set/${ruleSet}:receipt-rule/${ReceiptRule}`;
}

/** SES fact 5.5. */
function callOf(deployment: Deployment, action: string, resource: string, source: string): ServiceCall {
  return { service: SES, action, resource, account: deployment.Account, sourceArn: arnIn(deployment, "ses", source) };
}
