import * as z from "zod";
import type { ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import { checkDoor } from "../checks/admission.ts";
import { checkRule } from "../checks/rule.ts";
import { bucketDoor, functionDoor } from "../doors.ts";
import type { Examination } from "../examine.ts";
import { error, type Found, ok } from "../finding.ts";
import { isLetIn, type Policy } from "../policy.ts";
import type { Subject } from "../subject.ts";
import { packagedExamination } from "./packaged-examination.ts";
import type { PackagedResource, PackagedStack } from "./packaged-stack.ts";

const INFRA = "infra/receipt-rules.yml";

const NO_RULE = "SES goes by rules: no mail comes to Mailroom.";

const ruleSchema = z.object({
  Rule: z.object({
    Name: z.string(),
    Enabled: z.boolean().default(false),
    ScanEnabled: z.boolean().default(false),
    TlsPolicy: z.enum(["Require", "Optional"]).default("Optional"),
    Recipients: z.array(z.string()).default([]),
    Actions: z.array(z.record(z.string(), z.record(z.string(), z.string()))).default([]),
  }),
});
type PackagedRule = PackagedResource<z.output<typeof ruleSchema>>;

const bucketPolicySchema = z.object({ Bucket: z.string(), PolicyDocument: z.unknown() });

const permissionSchema = z.object({
  FunctionName: z.string(),
  Action: z.string(),
  Principal: z.string(),
  SourceAccount: z.string().optional(),
  SourceArn: z.string().optional(),
});

/** Whether SES will store mail and call our functions. */
export function packagedReceiving(stack: PackagedStack, subject: Subject): readonly Examination[] {
  const { deployment } = stack;
  const { ReceiptRule, ReceiptRuleSet, MailBucket, ProcessMailFunction, ScreenMailFunction } = deployment;
  const rules = () => stack.ofType("AWS::SES::ReceiptRule", ruleSchema).filter(({ id }) => id === ReceiptRule);
  const policies = () => stack.ofType("AWS::S3::BucketPolicy", bucketPolicySchema);
  const permissions = () => stack.ofType("AWS::Lambda::Permission", permissionSchema);
  return [
    packagedExamination("rule", rules, (found) => {
      if (found.length === 0) return [error(`the template has no receipt rule ${ReceiptRule}`, NO_RULE, INFRA)];
      return found.flatMap((rule) => checkRule(toRule(rule), deployment, { switches: INFRA, actions: INFRA }));
    }),
    packagedExamination(
      "bucket-policy",
      () => policies().filter(({ properties }) => properties.Bucket === MailBucket),
      (found) => {
        const policy = found[0]?.properties.PolicyDocument;
        return checkDoor({ ...bucketDoor(subject, ReceiptRuleSet), policy });
      },
    ),
    ...[ProcessMailFunction, ScreenMailFunction].map((arn) =>
      packagedExamination(
        "lambda-permission",
        () => ({ all: permissions(), isCalled: arn === ProcessMailFunction || calledBy(rules()).includes(arn) }),
        ({ all, isCalled }) => {
          const door = { ...functionDoor(subject, ReceiptRuleSet, arn), mend: () => [INFRA] };
          return isCalled ? checkDoor({ ...door, policy: policyOf(all, arn) }) : [];
        },
      ),
    ),
    packagedExamination(
      "creation-order",
      () => ({ rules: rules(), policies: policies(), permissions: permissions() }),
      (found) => checkOrder(subject, found),
    ),
  ];
}

function toRule({ properties: { Rule } }: PackagedRule): ReceiptRule {
  return {
    name: Rule.Name,
    enabled: Rule.Enabled,
    tlsPolicy: Rule.TlsPolicy,
    scanEnabled: Rule.ScanEnabled,
    recipients: Rule.Recipients,
    actions: Rule.Actions.flatMap((action) => Object.entries(action).map(([type, settings]) => ({ type, settings }))),
  };
}

/** The functions that rules call. */
function calledBy(rules: readonly PackagedRule[]): readonly string[] {
  return rules.flatMap(({ properties: { Rule } }) =>
    Rule.Actions.flatMap(({ LambdaAction }) => LambdaAction?.["FunctionArn"] ?? []),
  );
}

type Permission = PackagedResource<z.output<typeof permissionSchema>>;

/** Permissions of a function as the policy that Lambda makes of them. */
function policyOf(permissions: readonly Permission[], functionArn: string): Policy {
  return {
    Statement: permissions
      .filter(
        ({ properties }) =>
          functionArn === properties.FunctionName || functionArn.endsWith(`:${properties.FunctionName}`),
      )
      .map(({ properties: { Action, Principal, SourceAccount, SourceArn } }) => ({
        Effect: "Allow",
        Principal: { Service: Principal },
        Action,
        Resource: functionArn,
        Condition: {
          ...(SourceAccount !== undefined && { StringEquals: { "AWS:SourceAccount": SourceAccount } }),
          ...(SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": SourceArn } }),
        },
      })),
  };
}

/** SES tries the bucket and the functions when a rule is made: what lets it in has to be there before (SES fact 5.4). */
function checkOrder(
  subject: Subject,
  {
    rules,
    policies,
    permissions,
  }: {
    readonly rules: readonly PackagedRule[];
    readonly policies: readonly PackagedResource<z.output<typeof bucketPolicySchema>>[];
    readonly permissions: readonly Permission[];
  },
): readonly Found[] {
  const { ReceiptRuleSet } = subject.deployment;
  const bucket = bucketDoor(subject, ReceiptRuleSet).call;
  return rules.flatMap(({ logicalId, dependsOn }) => {
    const called = calledBy(rules);
    const doors = [
      ...policies.filter(({ properties }) => isLetIn(properties.PolicyDocument, bucket)),
      ...permissions.filter((each) =>
        called.some((arn) => isLetIn(policyOf([each], arn), functionDoor(subject, ReceiptRuleSet, arn).call)),
      ),
    ];
    if (doors.length === 0) return [];
    const later = doors.filter((door) => !dependsOn.includes(door.logicalId)).map((door) => door.logicalId);
    if (later.length === 0) return [ok(`${logicalId} is made after what lets SES in`)];
    return [
      error(
        `${logicalId} may be made before ${later.join(" and ")}`,
        "SES tries the bucket and the functions when the rule is made, and refuses it: the deployment fails, now and then.",
        `DependsOn: [${doors.map((door) => door.logicalId).join(", ")}]`,
      ),
    ];
  });
}
