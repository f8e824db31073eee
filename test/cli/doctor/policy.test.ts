import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Admission, admission, type ServiceCall } from "../../../cli/doctor/policy.ts";

const CALL: ServiceCall = {
  service: "ses.amazonaws.com",
  action: "s3:PutObject",
  resource: "arn:aws:s3:::acme-mail/mail/id",
  account: "123456789012",
  sourceArn: "arn:aws:ses:eu-west-1:123456789012:receipt-rule-set/mailroom-prod:receipt-rule/mailroom-prod-store",
};
const LIMITS = {
  StringEquals: { "aws:SourceAccount": CALL.account },
  ArnLike: {
    "aws:SourceArn": "arn:aws:ses:eu-west-1:123456789012:receipt-rule-set/*:receipt-rule/mailroom-prod-store",
  },
};
const ALLOWED = {
  Effect: "Allow",
  Principal: { Service: CALL.service },
  Action: CALL.action,
  Resource: "arn:aws:s3:::acme-mail/mail/*",
  Condition: LIMITS,
};
const { Condition: _, ...OPEN } = ALLOWED;

describe("SES", () => {
  test.each<[title: string, statements: unknown, expected: Admission]>([
    ["is let in for our rule alone", ALLOWED, "limited"],
    [
      "by lists as by single values",
      { ...ALLOWED, Principal: { Service: ["a", CALL.service] }, Action: ["s3:*"], Resource: ["x", "*"] },
      "limited",
    ],
    [
      "by names in other cases",
      {
        ...ALLOWED,
        Action: "S3:putobject",
        Condition: { stringequals: { "AWS:SourceAccount": CALL.account }, StringLike: { "AWS:SourceArn": "*" } },
      },
      "limited",
    ],
    [
      "by the older form",
      { ...ALLOWED, Condition: { ...LIMITS, StringEquals: { "aws:Referer": CALL.account } } },
      "limited",
    ],
    ["for anybody", OPEN, "open"],
    ["for any source of the account", { ...ALLOWED, Condition: { StringEquals: LIMITS.StringEquals } }, "open"],
    ["for our rule's name in any account", { ...ALLOWED, Condition: { ArnLike: LIMITS.ArnLike } }, "open"],
    [
      "on a condition that is not about the source",
      { ...OPEN, Condition: { Bool: { "aws:SecureTransport": "true" } } },
      "open",
    ],
    ["by two statements, of which one is open", [ALLOWED, OPEN], "open"],
    [
      "for another account",
      { ...ALLOWED, Condition: { ...LIMITS, StringEquals: { "aws:SourceAccount": "210987654321" } } },
      "closed",
    ],
    [
      "for another rule",
      {
        ...ALLOWED,
        Condition: { ...LIMITS, ArnLike: { "aws:SourceArn": "arn:aws:ses:*:*:receipt-rule-set/*:receipt-rule/other" } },
      },
      "closed",
    ],
    [
      "for a pattern that StringEquals takes literally",
      { ...ALLOWED, Condition: { ...LIMITS, ArnLike: {}, StringEquals: { "aws:SourceArn": "*" } } },
      "closed",
    ],
    ["to another folder", { ...ALLOWED, Resource: "arn:aws:s3:::acme-mail/raw/*" }, "closed"],
    ["to read only", { ...ALLOWED, Action: "s3:GetObject" }, "closed"],
    ["in another's name", { ...ALLOWED, Principal: { Service: "sns.amazonaws.com" } }, "closed"],
    ["as an account", { ...ALLOWED, Principal: { AWS: "*" } }, "closed"],
    [
      "although it is denied",
      [ALLOWED, { ...OPEN, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
      "closed",
    ],
    [
      "although plain HTTP is denied",
      [
        ALLOWED,
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
      "limited",
    ],
    ["nowhere", [], "closed"],
  ])("%s", (_, Statement, expected) => {
    expect(admission({ Version: "2012-10-17", Statement }, CALL)).toBe(expected);
  });
});

test("what is no policy lets nobody in", () => {
  const statement = fc.record({ Effect: fc.constant("Allow"), Principal: fc.jsonValue(), Action: fc.jsonValue() });
  const json = fc.oneof(fc.jsonValue(), fc.record({ Statement: fc.oneof(fc.jsonValue(), fc.array(statement)) }));
  fc.assert(fc.property(json, (policy) => admission(policy, CALL) === "closed"));
});
