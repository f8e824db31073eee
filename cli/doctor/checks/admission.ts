import { lastPart } from "../arns.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import { admission, type Policy, type ServiceCall } from "../policy.ts";

/** Something that SES has to be let into. */
export interface Door {
  /** `the bucket acme-mail` */
  readonly what: string;
  /** What does not happen when SES stands outside. */
  readonly consequence: string;
  readonly policy: Policy;
  readonly call: ServiceCall;
  /** What lets SES in, as one command; `undefined`: the statement that is to be added is shown. */
  readonly command?: string;
}

/** Whether SES is let in, for us alone (SES fact 5.6). */
export function checkDoor({ what, consequence, policy, call, command }: Door): readonly Found[] {
  const mend = command ?? `add to the policy of ${what}: ${JSON.stringify(statementFor(call))}`;
  switch (admission(policy, call)) {
    case "limited":
      return [ok(`${what} lets SES in, for ${lastPart(call.sourceArn)} alone`)];
    case "open":
      return [
        warning(
          `${what} lets SES in for others, too`,
          "Whoever has an AWS account could have SES come in: limit it by aws:SourceAccount and aws:SourceArn.",
          mend,
        ),
      ];
    case "closed":
      return [error(`${what} does not let SES in`, consequence, mend)];
  }
}

function statementFor({ service, action, resource, account, sourceArn }: ServiceCall) {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: action,
    Resource: resource,
    Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": sourceArn } },
  };
}
