import { describe, expect, test } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { type Changes, packagedTemplate } from "../../support/packaged-template.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { objects, run } from "../run-mailroom.ts";

/** Runs `doctor --template` on a file with this text. */
function doctor(text: string, ...words: readonly string[]) {
  const folder = temporaryFolder({ "stack.json": text });
  return run("doctor", "--template", `${folder}/stack.json`, ...words);
}

const examined = (changes: Changes, ...words: readonly string[]) =>
  doctor(JSON.stringify(packagedTemplate(changes)), "--json", ...words);

test("a template with nothing wrong: status 0, and no account is asked", async () => {
  const result = await examined({});
  expect([result.status, result.stderr]).toEqual([0, "0 errors, 0 warnings, 21 in order\n"]);
  expect(new Set(objects(result).map(({ check }) => check))).toEqual(
    new Set([
      "rule",
      "bucket-policy",
      "lambda-permission",
      "creation-order",
      "runtime",
      "feedback",
      "topic-policy",
      "feedback-queue",
      "queue-reader",
      "dead-letters",
      "public-access",
      "versioning",
      "retention",
    ]),
  );
});

const NOTHING = { Ref: "AWS::NoValue" };

describe("what is wrong is told before it is deployed", () => {
  const rule = (said: object) => ({ StoreRule: { Properties: { Rule: { Name: OUTPUTS.ReceiptRule, ...said } } } });
  const [stores, calls] = [
    { S3Action: { BucketName: { Ref: "MailBucket" }, ObjectKeyPrefix: "mail/" } },
    { LambdaAction: { FunctionArn: { "Fn::GetAtt": ["ProcessMail", "Arn"] } } },
  ];
  const on = { Enabled: true, ScanEnabled: true };
  const queue = (said: object) => ({ Properties: said });
  const EXPIRES = { Status: "Enabled", Prefix: "mail/", ExpirationInDays: 1 };
  const OLD_VERSIONS = { Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 30 } };
  const lifecycle = (...Rules: readonly object[]) => ({
    MailBucket: { Properties: { LifecycleConfiguration: { Rules } } },
  });

  test.each<[title: string, changes: Changes, expected: readonly string[]]>([
    ["a rule is off unless it is said to be on", rule({ ScanEnabled: true, Actions: [stores, calls] }), ["rule error"]],
    ["a rule that does not scan", rule({ Enabled: true, Actions: [stores, calls] }), ["rule warning"]],
    ["a rule that calls before it stores", rule({ ...on, Actions: [calls, stores] }), ["rule error"]],
    ["a rule that waits for nothing", { StoreRule: { DependsOn: [] } }, ["creation-order error"]],
    [
      "a rule that waits for the bucket only",
      { StoreRule: { DependsOn: "MailBucketPolicy" } },
      ["creation-order error"],
    ],
    ["no bucket policy", { MailBucketPolicy: undefined }, ["bucket-policy error"]],
    ["no permission", { SesCallsProcessMail: undefined }, ["lambda-permission error"]],
    ["no permission to screen, which the rule does not call for", { SesCallsScreenMail: undefined }, []],
    [
      "no permission to screen, which the rule does call for",
      {
        SesCallsScreenMail: undefined,
        ...rule({
          ...on,
          Actions: [{ LambdaAction: { FunctionArn: { "Fn::GetAtt": ["ScreenMail", "Arn"] } } }, stores, calls],
        }),
      },
      ["lambda-permission error"],
    ],
    [
      "a permission for every account",
      { SesCallsProcessMail: { Properties: { SourceAccount: NOTHING, SourceArn: NOTHING } } },
      ["lambda-permission warning"],
    ],
    [
      "a permission whose source names the account",
      { SesCallsProcessMail: { Properties: { SourceAccount: NOTHING } } },
      [],
    ],
    ["a topic policy for another topic", { BounceTopicPolicy: { Properties: { Topics: [] } } }, ["topic-policy error"]],
    ["complaints that nobody tells", { ComplaintEvents: undefined }, ["feedback error"]],
    [
      "an identity that does not go by the set",
      { Identity: { Properties: { ConfigurationSetAttributes: NOTHING } } },
      ["feedback warning"],
    ],
    ["a queue that does not listen", { ComplaintSubscription: undefined }, ["feedback-queue error"]],
    ["a queue that nothing reads", { BounceReads: undefined }, ["queue-reader error"]],
    ["a queue that is read by nothing yet", { BounceReads: queue({ Enabled: false }) }, ["queue-reader error"]],
    [
      "a queue that loses what fails",
      { ComplaintReads: queue({ FunctionResponseTypes: NOTHING }) },
      ["queue-reader error"],
    ],
    ["a queue without dead letters", { BounceQueue: queue({ RedrivePolicy: NOTHING }) }, ["dead-letters error"]],
    [
      "dead letters for four days",
      { BounceDeadLetters: queue({ MessageRetentionPeriod: NOTHING }) },
      ["dead-letters error"],
    ],
    ["process-mail without a failure queue", { ProcessMailInvokes: undefined }, ["dead-letters error"]],
    [
      "a bucket that is half open",
      { ConfigBucket: queue({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }) },
      ["public-access error"],
    ],
    ["a bucket without versions", { MailBucket: queue({ VersioningConfiguration: NOTHING }) }, ["versioning warning"]],
    ["mail for ever", { MailBucket: queue({ LifecycleConfiguration: NOTHING }) }, ["retention warning"]],
    [
      "mail that a rule which is off would delete",
      lifecycle({ ...EXPIRES, Status: "Disabled" }, OLD_VERSIONS),
      ["retention warning"],
    ],
    [
      "mail that a rule for another folder would delete",
      lifecycle({ ...EXPIRES, Prefix: "raw/" }, OLD_VERSIONS),
      ["retention warning"],
    ],
    [
      "mail that a rule for a part of the folder would delete",
      lifecycle({ ...EXPIRES, Prefix: "mail/a" }, OLD_VERSIONS),
      ["retention warning"],
    ],
    [
      "mail that a rule for some of it would delete",
      lifecycle({ ...EXPIRES, TagFilters: [{ Key: "a", Value: "b" }] }, OLD_VERSIONS),
      ["retention warning"],
    ],
    ["mail that a rule for the whole bucket deletes", lifecycle({ ...EXPIRES, Prefix: NOTHING }, OLD_VERSIONS), []],
    ["mail whose older versions stay for ever", lifecycle(EXPIRES), ["retention warning"]],
    ["older versions that the same rule deletes", lifecycle({ ...EXPIRES, ...OLD_VERSIONS }), []],
    [
      "a bucket without versions, and without a rule for them",
      {
        MailBucket: {
          Properties: { ...lifecycle(EXPIRES).MailBucket.Properties, VersioningConfiguration: NOTHING },
        },
      },
      ["versioning warning"],
    ],
    ["a bucket that stays unless it cannot be made", { MailBucket: { DeletionPolicy: "RetainExceptOnCreate" } }, []],
    ["no receipt rule", { StoreRule: undefined }, ["rule error"]],
    ["a rule of another name", { StoreRule: queue({ Rule: { Name: "other", Actions: [] } }) }, ["rule error"]],
    [
      "stores that are none",
      { SuppressionTable: { Type: "AWS::DynamoDB::GlobalTable" }, ConfigBucket: { Type: "AWS::S3::Other" } },
      ["retention error"],
    ],
    ["logs for ever", { ScreenMailLogs: queue({ RetentionInDays: NOTHING }) }, ["retention warning"]],
    ["a table that goes with the stack", { SuppressionTable: { DeletionPolicy: "Delete" } }, ["retention error"]],
    ["an old runtime", { RecordBounce: queue({ Runtime: "nodejs18.x" }) }, ["runtime warning"]],
    [
      "a property that cannot be read",
      { MailBucket: queue({ VersioningConfiguration: 1 }) },
      ["public-access error", "versioning error", "retention error"],
    ],
  ])("%s", async (_, changes, expected) => {
    const result = await examined(changes);
    const found = objects(result).filter(({ level }) => level !== "ok" && level !== "info");
    expect(found.map(({ check, level }) => `${check} ${level}`)).toEqual(expected);
    expect(result.status).toBe(expected.some((each) => each.endsWith("error")) ? 1 : 0);
  });
});

test("that a rule waits for what lets SES in is not told where nothing does", async () => {
  const found = objects(await examined({ MailBucketPolicy: undefined, SesCallsProcessMail: undefined }));
  expect(found.map(({ check }) => check)).not.toContain("creation-order");
});

test("how long raw mail is kept is told", async () => {
  const lifecycle = { Rules: [{ Status: "Enabled", ExpirationInDays: 1, NoncurrentVersionExpirationInDays: 1 }] };
  const found = objects(await examined({ MailBucket: { Properties: { LifecycleConfiguration: lifecycle } } }));
  expect(found.map(({ what }) => what)).toContain("raw mail is deleted after 1 day");
});

describe("with a region", () => {
  test("it is told whether SES receives mail there", async () => {
    const [found] = objects(await examined({}, "--region", "eu-central-2"));
    expect(found).toMatchObject({ check: "region", level: "warning" });
  });

  test("a zone file is checked, too", async () => {
    const folder = temporaryFolder({
      "acme.zone": `$ORIGIN ${OUTPUTS.Domain}.
@ MX 10 inbound-smtp.eu-west-1.amazonaws.com.
bounce MX 10 feedback-smtp.eu-west-1.amazonses.com.
bounce TXT "v=spf1 include:amazonses.com ~all"
_dmarc TXT "v=DMARC1; p=reject"
acme.example. MX 10 inbound-smtp.eu-west-1.amazonaws.com.
`,
    });
    const result = await examined({}, "--region", "eu-west-1", "--dns-file", `${folder}/acme.zone`);
    const dns = objects(result).filter(({ check }) => ["mx", "mail-from", "dmarc"].includes(String(check)));
    expect(dns.map(({ check, level }) => `${check} ${level}`)).toEqual(["mx ok", "mx ok", "dmarc ok", "mail-from ok"]);
  });
});

describe("wrong use, status 2", () => {
  const good = JSON.stringify(packagedTemplate());
  const { Resources } = packagedTemplate() as { Resources: object };
  test.each<[title: string, text: string, words: readonly string[], expected: string]>([
    ["no JSON", "Resources:\n", [], "to be a CloudFormation template in JSON, as npm run package writes it: "],
    [
      "no template",
      "[]",
      [],
      "to be a CloudFormation template in JSON, as npm run package writes it: it has no Resources",
    ],
    [
      "a template of something else",
      JSON.stringify({ Resources: {} }),
      [],
      "to be a template of this version of Mailroom; its outputs are not (Stage",
    ],
    [
      "a reference to nothing",
      JSON.stringify({ Resources, Outputs: { Stage: { Value: { Ref: "Nowhere" } } } }),
      [],
      "expected a resource or parameter of the template, got Nowhere",
    ],
    ["another stage", good, ["--stage", "dev"], "to be the template of the stage dev, got one of the stage prod"],
  ])("%s", async (_, text, words, expected) => {
    const { status, stdout, stderr } = await doctor(text, ...words);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(expected);
  });

  test("a zone file and no region", async () => {
    const folder = temporaryFolder({ "acme.zone": "" });
    const { status, stderr } = await doctor(good, "--dns-file", `${folder}/acme.zone`);
    expect(status).toBe(2);
    expect(stderr).toContain("expected --region beside --template and --dns-file");
  });

  test("neither a stage nor a template", async () => {
    expect(await run("doctor")).toEqual({
      status: 2,
      stdout: "",
      stderr: "mailroom: expected --stage with the name of a deployment, or --template with what was packaged\n",
    });
  });
});
