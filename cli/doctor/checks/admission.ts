import { lastPart } from "../../deployment/arns.ts";
import { error, type Found, info, ok, warning } from "../finding.ts";
import { type Admission, admission, type Policy, type ServiceCall } from "../policy.ts";

/** Something that SES has to be let into. */
export interface Door {
  /** `the bucket acme-mail` */
  readonly what: string;
  /** What does not happen when SES stands outside. */
  readonly consequence: string;
  readonly policy: Policy;
  /** One call, to see whether it is let in. */
  readonly call: ServiceCall;
  /** All calls of its kind, as a policy names them: what is to be let in. */
  readonly grant: Pick<ServiceCall, "resource" | "sourceArn">;
  /** What lets SES in, and in place of the statements with these Sids; `undefined`: the statement is shown. */
  readonly mend?: (instead: Admission["sids"]) => readonly string[];
}

/** Whether SES is let in, for us alone (SES fact 5.6). */
export function checkDoor(door: Door): readonly Found[] {
  const { what, consequence, policy, call, mend = (instead) => statementMend(door, instead) } = door;
  const { verdict, sids } = admission(policy, call);
  const source = lastPart(call.sourceArn);
  switch (verdict) {
    case "limited":
      return [ok(`${what} lets SES in, for ${source} alone`)];
    case "account":
      return [
        info(
          `${what} lets SES in for all of this account`,
          `Whatever SES does for the account may come in, not only ${source}.`,
        ),
      ];
    case "open":
      return [
        warning(
          `${what} lets SES in for others, too`,
          "Whoever has an AWS account could have SES come in: limit it by aws:SourceAccount and aws:SourceArn.",
          ...mend(sids),
        ),
      ];
    case "closed":
      return [error(`${what} does not let SES in`, consequence, ...mend([]))];
    case "denied":
      return [
        error(
          `${what} forbids SES to come in, by ${named(sids)}`,
          consequence,
          `take that out of the policy of ${what}`,
        ),
      ];
    case "unclear":
      return [
        warning(
          `it cannot be told whether ${what} lets SES in`,
          "A statement has a condition, or an exception such as NotAction, that is not read here.",
          `look at ${named(sids)} in the policy of ${what}`,
        ),
      ];
  }
}

function named(sids: Admission["sids"]): string {
  const names = sids.map((sid) => sid ?? "one without a Sid").join(" and ");
  return `the statement${sids.length === 1 ? "" : "s"} ${names}`;
}

function statementMend({ what, call, grant }: Door, instead: Admission["sids"]): readonly string[] {
  const statement = JSON.stringify(statementFor({ ...call, ...grant }));
  if (instead.length === 0) return [`add to the policy of ${what}: ${statement}`];
  return [`in the policy of ${what}, replace ${named(instead)} by ${statement}`];
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
