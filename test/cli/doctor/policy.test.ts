import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLike } from "../../../cli/doctor/iam-pattern.ts";
import { admission, isLetIn, type ServiceCall, type Verdict } from "../../../cli/doctor/policy.ts";

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
  test.each<[title: string, statements: unknown, expected: Verdict]>([
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
        Condition: {
          stringequals: { "AWS:SourceAccount": CALL.account },
          StringLike: { "AWS:SourceArn": CALL.sourceArn },
        },
      },
      "limited",
    ],
    [
      "by the older form",
      { ...ALLOWED, Condition: { ...LIMITS, StringEquals: { "aws:Referer": CALL.account } } },
      "limited",
    ],
    ["for anybody", OPEN, "open"],
    ["for any source of the account", { ...ALLOWED, Condition: { StringEquals: LIMITS.StringEquals } }, "account"],
    [
      "for any source, named as such",
      { ...ALLOWED, Condition: { ...LIMITS, ArnLike: { "aws:SourceArn": "*" } } },
      "account",
    ],
    [
      "by our rule's ARN alone, which names the account",
      { ...ALLOWED, Condition: { ArnLike: LIMITS.ArnLike } },
      "limited",
    ],
    [
      "for our rule's name in any account",
      { ...ALLOWED, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:ses:*:receipt-rule/mailroom-prod-store" } } },
      "open",
    ],
    [
      "on a condition that is not about the source",
      { ...OPEN, Condition: { Bool: { "aws:SecureTransport": "true" } } },
      "open",
    ],
    ["by two statements, of which one is open", [ALLOWED, OPEN], "open"],
    [
      "on a condition that is not read",
      { ...OPEN, Condition: { StringEquals: { "s3:x-amz-acl": "private" } } },
      "unclear",
    ],
    [
      "by an operator that is not read",
      { ...OPEN, Condition: { StringEqualsIfExists: LIMITS.StringEquals } },
      "unclear",
    ],
    [
      "on a condition named like a part of JavaScript",
      { ...OPEN, Condition: { StringEquals: { constructor: "x" } } },
      "unclear",
    ],
    ["on a condition that is none", { ...OPEN, Condition: "always" }, "unclear"],
    ["for all actions but one", { ...OPEN, Action: undefined, NotAction: "s3:GetObject" }, "unclear"],
    [
      "for all but one folder",
      { ...OPEN, Resource: undefined, NotResource: "arn:aws:s3:::acme-mail/raw/*" },
      "unclear",
    ],
    ["as everybody but one", { ...OPEN, Principal: undefined, NotPrincipal: { AWS: "210987654321" } }, "unclear"],
    [
      "to read all but one folder",
      { ...OPEN, Action: "s3:GetObject", Resource: undefined, NotResource: "x" },
      "closed",
    ],
    [
      "for sure, whatever else is not read",
      [ALLOWED, { ...OPEN, Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
      "limited",
    ],
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
      "denied",
    ],
    ["although all accounts are denied", [ALLOWED, { ...OPEN, Effect: "Deny", Principal: { AWS: "*" } }], "denied"],
    ["although our account's mail is denied", [ALLOWED, { ...ALLOWED, Effect: "Deny" }], "denied"],
    [
      "although others' mail is denied",
      [ALLOWED, { ...OPEN, Effect: "Deny", Condition: { StringEquals: { "aws:SourceAccount": "210987654321" } } }],
      "limited",
    ],
    [
      "although old TLS is denied",
      [ALLOWED, { ...OPEN, Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }],
      "unclear",
    ],
    [
      "although all is denied but to some",
      [ALLOWED, { ...OPEN, Effect: "Deny", Principal: undefined, NotPrincipal: { AWS: "210987654321" } }],
      "unclear",
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
    expect(admission({ Version: "2012-10-17", Statement }, CALL).verdict).toBe(expected);
  });

  test("the statements that decide are named", () => {
    const Statement = [ALLOWED, { Sid: "ToAll", ...OPEN }, OPEN, { Sid: "ToRead", ...OPEN, Action: "s3:GetObject" }];
    expect(admission({ Statement }, CALL).sids).toEqual(["ToAll", undefined]);
  });
});

const OURS = { Statement: [ALLOWED] };

test("what is no policy lets nobody in", () => {
  fc.assert(fc.property(fc.jsonValue(), (policy) => !isLetIn(policy, CALL)));
});

describe("a statement that is nearly right", () => {
  const parts = ["Effect", "Principal", "Action", "Resource"] as const;

  test.each(parts)("lets nobody in without its %s", (part) => {
    expect(isLetIn(OURS, CALL)).toBe(true);
    expect(isLetIn({ Statement: [{ ...ALLOWED, [part]: undefined }] }, CALL)).toBe(false);
  });

  test("lets nobody in with anything in the place of a part", () => {
    const anything = fc.jsonValue().filter((value) => !/[*?]|Allow/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(
        fc.constantFrom(...parts),
        anything,
        (part, value) => !isLetIn({ Statement: [{ ...ALLOWED, [part]: value }] }, CALL),
      ),
    );
  });

  test.each([
    { Principal: { Service: `${CALL.service}x` } },
    { Action: `${CALL.action}x` },
    { Resource: `${CALL.resource}x` },
    { Effect: "allow" },
    { Action: { toString: null } },
    { Resource: [{ toString: null }, 7] },
    { Condition: { StringEquals: { "aws:SourceAccount": { toString: null } } } },
  ])("lets nobody in with %j", (said) => {
    expect(isLetIn({ Statement: [{ ...ALLOWED, ...said }] }, CALL)).toBe(false);
  });
});

describe("a pattern of IAM", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });

  test("fits what the same regular expression fits", () => {
    fc.assert(
      fc.property(letters, letters, (text, pattern) => {
        const regex = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(isLike(text, pattern)).toBe(regex.test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test("of many stars is told at once from a long text that nearly fits", () => {
    expect(isLike("a".repeat(20_000), `${"*a".repeat(50)}*b`)).toBe(false);
  });
});
