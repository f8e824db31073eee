import { arnIn, lastPart, partitionOf } from "../deployment/arns.ts";
import type { Deployment } from "../deployment/outputs.ts";
import type { Door } from "./checks/admission.ts";
import type { ServiceCall } from "./policy.ts";
import type { Subject } from "./subject.ts";

const SES = "ses.amazonaws.com";

/** A mail's id as SES makes them (SES fact 1.9.1): nobody has it in a policy. */
const SOME_ID = "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01";

/** Our rule may be put into another set (docs/decisions/0016-any-rule-set-our-rule.md). */
const ANY_SET = "*";

/** SES stores mail. */
export function bucketDoor({ deployment }: Subject, ruleSet: string): Omit<Door, "policy"> {
  const { MailBucket, MailPrefix } = deployment;
  const mails = `arn:${partitionOf(deployment)}:s3:::${MailBucket}/${MailPrefix}`;
  const call = (name: string, set: string) => callOf(deployment, "s3:PutObject", mails + name, ruleOf(deployment, set));
  return {
    what: `the bucket ${MailBucket}`,
    consequence: "SES cannot store mail: it tries for 36 hours, and then the mail is lost.",
    call: call(SOME_ID, ruleSet),
    grant: call("*", ANY_SET),
  };
}

/** SES calls one of our functions. */
export function functionDoor({ deployment, aws }: Subject, ruleSet: string, arn: string): Omit<Door, "policy"> {
  const call = callOf(deployment, "lambda:InvokeFunction", arn, ruleOf(deployment, ruleSet));
  const grant = callOf(deployment, "lambda:InvokeFunction", arn, ruleOf(deployment, ANY_SET));
  const { account, sourceArn } = grant;
  const name = lastPart(arn);
  return {
    what: `the function ${name}`,
    // SES fact 1.12.
    consequence:
      arn === deployment.ScreenMailFunction
        ? "SES cannot call it, so no mail is screened. Whether it then goes on or waits is not documented."
        : "SES cannot call it: mail is stored, and nobody reads it.",
    call,
    grant,
    mend: (instead) => [
      ...instead.map((sid) => aws(`lambda remove-permission --function-name ${name} --statement-id ${sid ?? "SID"}`)),
      aws(
        `lambda add-permission --function-name ${name} --statement-id ses --action lambda:InvokeFunction --principal ${SES} --source-account ${account} --source-arn '${sourceArn}'`,
      ),
    ],
  };
}

/** SES tells of events of the configuration set. */
export function topicDoor({ deployment }: Subject, topic: string): Omit<Door, "policy"> {
  const call = callOf(deployment, "sns:Publish", topic, `configuration-set/${deployment.ConfigurationSet}`);
  return {
    what: `the topic ${lastPart(topic)}`,
    consequence: "SES cannot tell it anything: nobody is suppressed.",
    call,
    grant: call,
  };
}

function ruleOf({ ReceiptRule }: Deployment, ruleSet: string): string {
  return `receipt-rule-set/${ruleSet}:receipt-rule/${ReceiptRule}`;
}

/** SES fact 5.5. */
function callOf(deployment: Deployment, action: string, resource: string, source: string): ServiceCall {
  return { service: SES, action, resource, account: deployment.Account, sourceArn: arnIn(deployment, "ses", source) };
}
