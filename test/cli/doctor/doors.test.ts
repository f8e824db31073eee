import { describe, expect, test } from "vitest";
import { checkDoor } from "../../../cli/doctor/checks/admission.ts";
import { bucketDoor, functionDoor } from "../../../cli/doctor/doors.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { sesPolicy } from "../../support/healthy-account.ts";
import { SUBJECT, told } from "./subjects.ts";

const BUCKET = bucketDoor(SUBJECT, OUTPUTS.ReceiptRuleSet);
const FUNCTION = functionDoor(SUBJECT, OUTPUTS.ReceiptRuleSet, OUTPUTS.ProcessMailFunction);
const SOURCE = `arn:aws:ses:eu-west-1:${OUTPUTS.Account}:receipt-rule-set/*:receipt-rule/mailroom-prod-store`;
const wanted = JSON.stringify({
  Effect: "Allow",
  Principal: { Service: "ses.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: `arn:aws:s3:::${OUTPUTS.MailBucket}/mail/*`,
  Condition: {
    StringEquals: { "aws:SourceAccount": OUTPUTS.Account },
    ArnLike: { "aws:SourceArn": SOURCE },
  },
});
const add = `aws lambda add-permission --function-name mailroom-prod-process-mail --statement-id ses --action lambda:InvokeFunction --principal ses.amazonaws.com --source-account ${OUTPUTS.Account} --source-arn '${SOURCE}' --region eu-west-1`;

function statement(call: typeof BUCKET.call, said: object) {
  const [ours] = sesPolicy(call.action, call.resource, call.sourceArn).Statement;
  return { ...ours, ...said };
}

test("what is to be added to a policy lets every mail in, and one that lets in a single name does not count", () => {
  const added = { Statement: [JSON.parse(wanted)] };
  expect(told(checkDoor({ ...BUCKET, policy: added }))).toEqual([expect.stringMatching(/^ok: /)]);
  const single = { Statement: [{ ...JSON.parse(wanted), Resource: `arn:aws:s3:::${OUTPUTS.MailBucket}/mail/id` }] };
  expect(told(checkDoor({ ...BUCKET, policy: single }))).toEqual([expect.stringMatching(/^error: /)]);
});

describe("a policy", () => {
  const bucket = `the bucket ${OUTPUTS.MailBucket}`;

  test.each<[title: string, statements: readonly object[], expected: string, mend: readonly string[] | undefined]>([
    ["as it should be", [{}], `ok: ${bucket} lets SES in, for mailroom-prod-store alone`, undefined],
    ["that is empty", [], `error: ${bucket} does not let SES in`, [`add to the policy of ${bucket}: ${wanted}`]],
    [
      "that is open",
      [{ Sid: "ToAll", Condition: {} }],
      `warning: ${bucket} lets SES in for others, too`,
      [`in the policy of ${bucket}, replace the statement ToAll by ${wanted}`],
    ],
    [
      "that is open in statements of which one has no name",
      [{ Sid: "ToAll", Condition: {} }, { Condition: {} }],
      `warning: ${bucket} lets SES in for others, too`,
      [`in the policy of ${bucket}, replace the statements ToAll and one without a Sid by ${wanted}`],
    ],
    [
      "for the account",
      [{ Condition: { StringEquals: { "aws:SourceAccount": OUTPUTS.Account } } }],
      `info: ${bucket} lets SES in for all of this account`,
      undefined,
    ],
    [
      "that forbids",
      [{}, { Sid: "Nobody", Effect: "Deny", Principal: "*", Condition: {} }],
      `error: ${bucket} forbids SES to come in, by the statement Nobody`,
      [`take that out of the policy of ${bucket}`],
    ],
    [
      "that cannot be read",
      [{}, { Sid: "Maybe", Effect: "Deny", Principal: "*", Condition: { Null: { "aws:PrincipalArn": "true" } } }],
      `warning: it cannot be told whether ${bucket} lets SES in`,
      [`look at the statement Maybe in the policy of ${bucket}`],
    ],
  ])("%s", (_, said, expected, mend) => {
    const policy = { Statement: said.map((each) => statement(BUCKET.call, each)) };
    const found = checkDoor({ ...BUCKET, policy });
    expect([told(found), found[0]?.mend]).toEqual([[expected], mend]);
  });

  test("of a function that is open: the permission is taken back and given anew", () => {
    const Statement = [statement(FUNCTION.call, { Sid: "FunctionPolicy-1", Condition: {} })];
    const [found] = checkDoor({ ...FUNCTION, policy: { Statement } });
    expect(found?.mend).toEqual([
      "aws lambda remove-permission --function-name mailroom-prod-process-mail --statement-id FunctionPolicy-1 --region eu-west-1",
      add,
    ]);
  });

  test.each([
    [OUTPUTS.ProcessMailFunction, "SES cannot call it: mail is stored, and nobody reads it."],
    [
      OUTPUTS.ScreenMailFunction,
      "SES cannot call it, so no mail is screened. Whether it then goes on or waits is not documented.",
    ],
  ])("of a function that lets nobody in, %s: what comes of it", (arn, why) => {
    const [found] = checkDoor({ ...functionDoor(SUBJECT, OUTPUTS.ReceiptRuleSet, arn), policy: {} });
    expect(found?.why).toBe(why);
  });
});
