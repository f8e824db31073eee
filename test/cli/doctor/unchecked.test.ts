import { describe, expect, test } from "vitest";
import { DENIED } from "../../support/fake-account.ts";
import { objects } from "../run-mailroom.ts";
import { start, wholeZone } from "./place.ts";

describe("a check that cannot be made", () => {
  test.each<[operation: string, checks: readonly string[], permission: string]>([
    ["GetEmailIdentity", ["identity", "dkim", "mail-from", "feedback"], "ses:GetEmailIdentity"],
    ["DescribeActiveReceiptRuleSet", ["rule-set", "rule"], "ses:DescribeActiveReceiptRuleSet"],
    ["GetBucketPolicy", ["bucket-policy"], "s3:GetBucketPolicy"],
    ["GetPolicy", ["lambda-permission"], "lambda:GetPolicy"],
    ["ListEventSourceMappings", ["queue-reader", "queue-reader"], "lambda:ListEventSourceMappings"],
    ["GetFunctionConfiguration", ["runtime"], "lambda:GetFunctionConfiguration"],
    ["GetTopicAttributes", ["topic-policy", "topic-policy"], "sns:GetTopicAttributes"],
    ["GetIdentityNotificationAttributes", ["feedback"], "ses:GetIdentityNotificationAttributes"],
    ["GetAccount", ["sandbox", "sending", "quota"], "ses:GetAccount"],
    ["GetQueueAttributes", ["dead-letters", "dead-letters", "dead-letters"], "sqs:GetQueueAttributes"],
  ])("%s is not allowed: a finding that names the permission, status 1", async (operation, checks, permission) => {
    const place = await start();
    const zone = await wholeZone(place);
    place.account.answers[operation] = () => DENIED;
    const result = await place.doctor(zone, "--json");
    const failed = objects(result).filter(({ level }) => level === "error");
    expect([result.status, failed.map(({ check }) => check)]).toEqual([1, checks]);
    for (const { what, why } of failed) {
      expect(what).toBe("could not be checked: not authorized to perform this action");
      expect(why).toContain(permission);
    }
  });

  test("who may not look into a queue is told all the same how many wait in it", async () => {
    const place = await start({
      GetQueueAttributes: () => ({
        Attributes: { ApproximateNumberOfMessages: "1", MessageRetentionPeriod: "1209600" },
      }),
      ReceiveMessage: () => DENIED,
    });
    const [found] = objects(await place.doctor(await wholeZone(place), "--json")).filter(
      ({ level }) => level === "error",
    );
    expect([found?.["what"], found?.["why"]]).toEqual([
      "1 event of mails that were not processed is waiting",
      "Each is lost 14 days after it came.",
    ]);
  });
});

describe("wrong use, status 2", () => {
  test.each([
    [
      "a zone file that is none",
      "mail MX",
      'acme.zone:1:1: "mail" is part of a name, and no $ORIGIN before it says of which\n',
    ],
  ])("%s", async (_, zone, expected) => {
    const place = await start();
    const { status, stderr } = await place.doctor(zone);
    expect(status).toBe(2);
    expect(stderr).toContain(expected);
  });

  test("a zone file that is not there", async () => {
    const place = await start();
    const { status, stderr } = await place.run("doctor", "--dns-file", "/nowhere/acme.zone");
    expect([status, stderr]).toEqual([2, "mailroom: cannot read /nowhere/acme.zone: no such file or directory\n"]);
  });
});
