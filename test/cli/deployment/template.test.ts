// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation replaces them.
import { describe, expect, test } from "vitest";
import { resolveTemplate, type Template } from "../../../cli/deployment/template.ts";

const PLACE = { region: "eu-west-1", account: "444455556666", stack: "mailroom-prod" };

const RESOURCES = {
  Mail: { Type: "AWS::S3::Bucket" },
  Oncall: { Type: "AWS::SNS::Topic", Properties: { TopicName: "oncall" } },
  Dead: { Type: "AWS::SQS::Queue" },
  Table: { Type: "AWS::DynamoDB::Table" },
  Reads: { Type: "AWS::Lambda::Function", Properties: { FunctionName: { "Fn::Sub": "${AWS::StackName}-reads" } } },
  Role: { Type: "AWS::IAM::Role" },
  Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/aws/lambda/reads" } },
  Rule: { Type: "AWS::SES::ReceiptRule", Properties: { Rule: { Name: "store" } } },
} as const;

/** What a value of an output becomes. */
function resolved(Value: unknown, more: Partial<Template> = {}): unknown {
  return resolveTemplate({ Resources: RESOURCES, Outputs: { value: { Value } }, ...more }, PLACE).outputs["value"];
}

describe("a reference", () => {
  test.each([
    [{ Ref: "AWS::Region" }, "eu-west-1"],
    [{ Ref: "AWS::AccountId" }, "444455556666"],
    [{ Ref: "Mail" }, "mailroom-prod-mail"],
    [{ Ref: "Oncall" }, "arn:aws:sns:eu-west-1:444455556666:oncall"],
    [{ Ref: "Dead" }, "https://sqs.eu-west-1.amazonaws.com/444455556666/mailroom-prod-Dead"],
    [{ Ref: "Rule" }, "store"],
    [{ "Fn::GetAtt": ["Mail", "Arn"] }, "arn:aws:s3:::mailroom-prod-mail"],
    [{ "Fn::GetAtt": ["Dead", "Arn"] }, "arn:aws:sqs:eu-west-1:444455556666:mailroom-prod-Dead"],
    [{ "Fn::GetAtt": ["Dead", "QueueName"] }, "mailroom-prod-Dead"],
    [{ "Fn::GetAtt": ["Table", "Arn"] }, "arn:aws:dynamodb:eu-west-1:444455556666:table/mailroom-prod-Table"],
    [{ "Fn::GetAtt": ["Reads", "Arn"] }, "arn:aws:lambda:eu-west-1:444455556666:function:mailroom-prod-reads"],
    [{ "Fn::GetAtt": ["Role", "Arn"] }, "arn:aws:iam::444455556666:role/mailroom-prod-Role"],
    [{ "Fn::GetAtt": ["Logs", "Arn"] }, "arn:aws:logs:eu-west-1:444455556666:log-group:/aws/lambda/reads:*"],
    [
      { "Fn::Sub": "${Mail.Arn}/mail/* ${!Kept} ${AWS::Partition}" },
      "arn:aws:s3:::mailroom-prod-mail/mail/* ${Kept} aws",
    ],
    [{ "Fn::Sub": ["${prefix}-${Reads}", { prefix: { Ref: "AWS::StackName" } }] }, "mailroom-prod-mailroom-prod-reads"],
    [{ "Fn::Join": [",", ["a", { Ref: "Mail" }]] }, "a,mailroom-prod-mail"],
  ])("%j", (value, expected) => {
    expect(resolved(value)).toBe(expected);
  });
});

describe("a choice", () => {
  const Parameters = { Screening: { Default: "none" }, Hours: { Default: 0 } };
  const Conditions = {
    Screens: { "Fn::Equals": [{ Ref: "Screening" }, "beforeStoring"] },
    Watches: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Hours" }, "0"] }] },
    Neither: { "Fn::And": [{ "Fn::Not": [{ Condition: "Screens" }] }, { "Fn::Not": [{ Condition: "Watches" }] }] },
    Either: { "Fn::Or": [{ Condition: "Screens" }, { Condition: "Watches" }] },
  };
  const choose = (condition: string) => ({ "Fn::If": [condition, "yes", "no"] });
  test.each([
    ["Screens", "no"],
    ["Watches", "no"],
    ["Neither", "yes"],
    ["Either", "no"],
  ])("%s: %s", (condition, expected) => {
    expect(resolved(choose(condition), { Parameters, Conditions })).toBe(expected);
  });

  test("what is not chosen is left out: resources, outputs, properties and items", () => {
    const nothing = { "Fn::If": ["Screens", "x", { Ref: "AWS::NoValue" }] };
    const { resources, outputs } = resolveTemplate(
      {
        Parameters,
        Conditions,
        Resources: {
          Screened: { Type: "AWS::S3::Bucket", Condition: "Screens" },
          Plain: { Type: "AWS::S3::Bucket", Condition: "Neither", Properties: { a: nothing, b: [1, nothing, 2] } },
        },
        Outputs: { Screened: { Condition: "Screens", Value: "x" }, Plain: { Value: { Ref: "Plain" } } },
      },
      PLACE,
    );
    expect(Object.keys(resources)).toEqual(["Plain"]);
    expect([resources["Plain"]?.id, resources["Plain"]?.Properties]).toEqual(["mailroom-prod-plain", { b: [1, 2] }]);
    expect(outputs).toEqual({ Plain: "mailroom-prod-plain" });
  });

  test("the Condition of a policy is no choice", () => {
    const statement = { Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": "false" } } };
    expect(resolved([statement, { Condition: { Bool: {} } }])).toEqual([statement, { Condition: { Bool: {} } }]);
  });
});

test.each([
  [{ Ref: "Nowhere" }, "expected a resource or parameter of the template, got Nowhere"],
  [{ "Fn::ImportValue": "x" }, "expected a function that is resolved here, got Fn::ImportValue"],
  [{ "Fn::If": ["Nowhere", 1, 2] }, "expected a condition of the template, got Nowhere"],
])("what cannot be resolved is refused: %j", (value, expected) => {
  expect(() => resolved(value)).toThrow(expected);
});
