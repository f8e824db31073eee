import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { outputsSchema } from "../../cli/deployment/outputs.ts";
import { MAIL_EXPIRES_AT, MAIL_TABLE } from "../../shared/aws/mail-table-definition.ts";
import { EXPIRES_AT, SUPPRESSION_TABLE } from "../../shared/aws/suppression-table-definition.ts";
import { ACCOUNT, type PackagedStage, packagedStage } from "./packaged-stage.ts";
import { VARIANTS, variantFolder } from "./variants.ts";

const TWO_WEEKS = 14 * 24 * 3600;
const stages = VARIANTS.map(({ name }) => ({ name, stage: packagedStage(name) }));
const cloned = packagedStage("cloned");
const full = packagedStage("full");

const ours = ({ ofType }: PackagedStage, type: string) =>
  ofType(type).filter(([logicalId]) => !logicalId.startsWith("ServerlessDeployment"));

describe.each(stages)("$name", ({ stage }) => {
  const { variant, properties, ofType, resources, outputs } = stage;
  const ses = `arn:aws:ses:${variant.region}:${ACCOUNT}`;
  const ruleName = `mailroom-${variant.stage}-store`;
  const fromOurRule = {
    StringEquals: { "aws:SourceAccount": ACCOUNT },
    ArnLike: { "aws:SourceArn": `${ses}:receipt-rule-set/*:receipt-rule/${ruleName}` },
  };

  describe("mail is stored", () => {
    test.each(ours(stage, "AWS::S3::Bucket"))("%s is private, versioned, encrypted and kept", (_, bucket) => {
      expect(bucket).toMatchObject({
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
        Properties: {
          VersioningConfiguration: { Status: "Enabled" },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: {} }] },
        },
      });
      // A name of ours would make the next deployment of a removed stage fail.
      expect(bucket.Properties).not.toHaveProperty("BucketName");
    });

    test.each(ours(stage, "AWS::S3::Bucket"))("%s takes nothing without TLS", (logicalId, { id }) => {
      const { PolicyDocument } = properties(`${logicalId}Policy`);
      expect(PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${id}`, `arn:aws:s3:::${id}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      });
    });

    test("SES may write mail and nothing else, for our rule of this account", () => {
      expect(properties("MailBucketPolicy")["PolicyDocument"]).toMatchObject({
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ses.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `arn:aws:s3:::${resources["MailBucket"]?.id}/mail/*`,
            Condition: fromOurRule,
          },
          { Sid: "TlsOnly" },
        ],
      });
    });
  });

  describe("the receipt rule", () => {
    const { Rule } = properties("StoreRule") as { Rule: { Actions: object[]; Recipients: string[] } };

    test("is enabled, scans, and stores each mail before it calls process-mail", () => {
      expect(Rule).toMatchObject({ Name: ruleName, Enabled: true, ScanEnabled: true, TlsPolicy: "Optional" });
      const stores = Rule.Actions.findIndex((action) => "S3Action" in action);
      expect(Rule.Actions.slice(stores)).toEqual([
        { S3Action: { BucketName: resources["MailBucket"]?.id, ObjectKeyPrefix: "mail/" } },
        {
          LambdaAction: {
            FunctionArn: `arn:aws:lambda:${variant.region}:${ACCOUNT}:function:mailroom-${variant.stage}-process-mail`,
            InvocationType: "Event",
          },
        },
      ]);
    });

    test("is no catch-all by accident", () => {
      expect(Rule.Recipients).toEqual([outputs["Domain"]]);
    });

    test("trap 1.19, deploy order: it waits for what SES tries when it is made", () => {
      expect(resources["StoreRule"]?.DependsOn).toEqual([
        "MailBucketPolicy",
        "SesCallsProcessMail",
        "SesCallsScreenMail",
      ]);
    });

    test.each(["SesCallsProcessMail", "SesCallsScreenMail"])("%s lets in SES, for our rule of this account", (id) => {
      expect(properties(id)).toMatchObject({
        Action: "lambda:InvokeFunction",
        Principal: "ses.amazonaws.com",
        SourceAccount: ACCOUNT,
        SourceArn: fromOurRule.ArnLike["aws:SourceArn"],
      });
    });

    test("is in a set of its own, which nothing here activates", () => {
      expect(properties("ReceiptRuleSet")).toEqual({ RuleSetName: `mailroom-${variant.stage}` });
      expect(ofType("AWS::CloudFormation::CustomResource")).toEqual([]);
    });
  });

  describe("feedback", () => {
    test.each([
      ["bounce", "Bounce"],
      ["complaint", "Complaint"],
    ])("a %s goes from the configuration set by topic and queue to its function", (event, name) => {
      const topic = resources[`${name}Topic`]?.id;
      const set = `mailroom-${variant.stage}`;
      const configurationSet = resources["ConfigurationSet"]?.id;
      expect(properties(`${name}Events`)).toMatchObject({
        ConfigurationSetName: configurationSet,
        EventDestination: { Enabled: true, MatchingEventTypes: [event], SnsDestination: { TopicARN: topic } },
      });
      expect(resources[`${name}Events`]?.DependsOn).toEqual([`${name}TopicPolicy`]);
      expect(properties(`${name}TopicPolicy`)["PolicyDocument"]).toMatchObject({
        Statement: [
          {
            Principal: { Service: "ses.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic,
            Condition: {
              StringEquals: {
                "aws:SourceAccount": ACCOUNT,
                "aws:SourceArn": [
                  `${ses}:configuration-set/${configurationSet}`,
                  `${ses}:identity/${outputs["Domain"]}`,
                ],
              },
            },
          },
        ],
      });
      const queueArn = `arn:aws:sqs:${variant.region}:${ACCOUNT}:${set}-${event}s`;
      expect(properties(`${name}Subscription`)).toEqual({ TopicArn: topic, Protocol: "sqs", Endpoint: queueArn });
      expect(properties(`${name}QueuePolicy`)["PolicyDocument"]).toMatchObject({
        Statement: [
          {
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            Condition: { ArnEquals: { "aws:SourceArn": topic } },
          },
        ],
      });
      const [mapping] = ofType("AWS::Lambda::EventSourceMapping").filter(
        ([, { Properties }]) => Properties["EventSourceArn"] === queueArn,
      );
      // trap 1.3: without it a message that failed counts as handled.
      expect(mapping?.[1].Properties).toMatchObject({
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        FunctionName: `arn:aws:lambda:${variant.region}:${ACCOUNT}:function:${set}-record-${event}`,
      });
    });
  });

  describe("what fails waits", () => {
    test.each(ofType("AWS::SQS::Queue"))("%s keeps for two weeks, encrypted", (_, queue) => {
      expect(queue.Properties).toMatchObject({ MessageRetentionPeriod: TWO_WEEKS, SqsManagedSseEnabled: true });
    });

    test.each(["Bounce", "Complaint"])(
      "%s messages are dead letters after five tries, each six timeouts long",
      (name) => {
        const dead = `arn:aws:sqs:${variant.region}:${ACCOUNT}:mailroom-${variant.stage}-${name.toLowerCase()}s-dead`;
        const { VisibilityTimeout, RedrivePolicy } = properties(`${name}Queue`);
        expect(RedrivePolicy).toEqual({ deadLetterTargetArn: dead, maxReceiveCount: 5 });
        expect(VisibilityTimeout).toBe(6 * Number(properties(`Record${name}LambdaFunction`)["Timeout"]));
      },
    );

    test("an event that process-mail fails on is tried three times, then it is in the queue", () => {
      const [config] = ofType("AWS::Lambda::EventInvokeConfig");
      expect(config?.[1].Properties).toMatchObject({
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: 21_600,
        DestinationConfig: {
          OnFailure: {
            Destination: `arn:aws:sqs:${variant.region}:${ACCOUNT}:mailroom-${variant.stage}-unprocessed-mail`,
          },
        },
      });
    });

    test("each of these queues has alarms on what is in it, and on how old that is", () => {
      for (const queue of ["UnprocessedMail", "BounceDeadLetters", "ComplaintDeadLetters"]) {
        const watched = ofType("AWS::CloudWatch::Alarm")
          .filter(([, { Properties }]) =>
            JSON.stringify(Properties["Dimensions"] ?? []).includes(`"${properties(queue)["QueueName"]}"`),
          )
          .map(([, { Properties }]) => Properties["MetricName"]);
        expect(watched.sort()).toEqual(["ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"]);
      }
    });
  });

  describe("tables", () => {
    test.each([
      ["MailTable", MAIL_TABLE, MAIL_EXPIRES_AT],
      ["SuppressionTable", SUPPRESSION_TABLE, EXPIRES_AT],
    ])("%s is as the code has it, recoverable, encrypted and kept", (logicalId, definition, expiresAt) => {
      expect(resources[logicalId]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      expect(properties(logicalId)).toEqual({
        ...definition,
        TimeToLiveSpecification: { AttributeName: expiresAt, Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      });
    });
  });

  describe("functions", () => {
    test.each(ofType("AWS::Lambda::Function"))(
      "%s runs on a current Node, on arm64, with a role of its own",
      (_, made) => {
        expect(made.Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
        const roles = ofType("AWS::Lambda::Function").map(([, { Properties }]) => Properties["Role"]);
        expect(roles.filter((role) => role === made.Properties["Role"])).toHaveLength(1);
      },
    );

    test("screen-mail is done before SES stops waiting", () => {
      expect(properties("ScreenMailLambdaFunction")["Timeout"]).toBeLessThan(30);
    });

    test.each(ofType("AWS::Logs::LogGroup"))("%s is not kept for ever", (_, { Properties }) => {
      expect(Properties["RetentionInDays"]).toBe(variant.stage === "dev" ? 14 : 90);
    });

    test.each([
      ["process-mail", ["process-mail.cjs", "rules.json", "suppression.json"]],
      ["screen-mail", ["rules.json", "screen-mail.cjs"]],
      ["record-bounce", ["record-bounce.cjs", "suppression.json"]],
      ["record-complaint", ["record-complaint.cjs", "suppression.json"]],
    ])("%s.zip holds its bundle and its files, no sources and no fixtures", (name, files) => {
      const zip = unzipSync(readFileSync(join(variantFolder(variant.name), `${name}.zip`)));
      expect(Object.keys(zip).sort()).toEqual(files);
    });

    test("each has an alarm on its errors", () => {
      for (const [, { id }] of ofType("AWS::Lambda::Function")) {
        const alarms = ofType("AWS::CloudWatch::Alarm").filter(
          ([, { Properties }]) =>
            Properties["MetricName"] === "Errors" && JSON.stringify(Properties["Dimensions"]).includes(`"${id}"`),
        );
        expect(alarms).toHaveLength(1);
      }
    });
  });

  test("the domain's identity is kept, without which it could neither get nor send mail, and what it needs to send", () => {
    for (const logicalId of ["DomainIdentity", "ConfigurationSet"])
      expect(resources[logicalId]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    expect(properties("ConfigurationSet")).not.toHaveProperty("Name");
  });

  test("every alarm tells the operator, who lets alarms of this account and stage in", () => {
    const operator = resources["OperatorAlertTopic"]?.id;
    for (const [, { Properties }] of ofType("AWS::CloudWatch::Alarm")) {
      expect(Properties["AlarmActions"]).toEqual([operator]);
      expect(Properties["AlarmName"]).toMatch(new RegExp(`^mailroom-${variant.stage}-`));
    }
    expect(properties("OperatorAlertTopicPolicy")["PolicyDocument"]).toMatchObject({
      Statement: [
        {
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": ACCOUNT },
            ArnLike: {
              "aws:SourceArn": `arn:aws:cloudwatch:${variant.region}:${ACCOUNT}:alarm:mailroom-${variant.stage}-*`,
            },
          },
        },
      ],
    });
  });

  test("the dashboard shows what the stack has: every function and queue that it names is there", () => {
    const { widgets } = JSON.parse(String(properties("Dashboard")["DashboardBody"])) as {
      widgets: { x: number; width: number; properties: { region: string; metrics: unknown[][] } }[];
    };
    const names = [...ofType("AWS::Lambda::Function"), ...ofType("AWS::SQS::Queue")].map(
      ([, { Properties }]) => Properties["FunctionName"] ?? Properties["QueueName"],
    );
    for (const { x, width, properties: shown } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      expect(shown.region).toBe(variant.region);
      for (const [, , dimension, value] of shown.metrics)
        if (dimension === "FunctionName" || dimension === "QueueName") expect(names).toContain(value);
    }
  });

  test("the outputs are those that the commands read", () => {
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(Object.keys(outputsSchema.shape)));
    expect(outputsSchema.parse(outputs)).toMatchObject({ Stage: variant.stage, MailPrefix: "mail/", Account: ACCOUNT });
  });
});

describe("what a stage chooses", () => {
  test("as cloned: nothing of it", () => {
    expect(cloned.properties("StoreRule")).toMatchObject({
      Rule: { Actions: [{ S3Action: {} }, { LambdaAction: {} }] },
    });
    for (const logicalId of ["DomainRecords", "IdentityRecords", "NoMail", "RulesAreBroken"])
      expect(cloned.resources).not.toHaveProperty(logicalId);
    expect(cloned.ofType("AWS::SNS::Subscription").map(([logicalId]) => logicalId)).toEqual([
      "BounceSubscription",
      "ComplaintSubscription",
    ]);
    expect(cloned.properties("ProcessMailLambdaFunction")["Environment"]).not.toHaveProperty(
      "Variables.MAILROOM_VERP_KEY",
    );
  });

  test("screening: screen-mail is asked before anything is stored", () => {
    expect(full.properties("StoreRule")).toMatchObject({
      Rule: {
        Actions: [
          { LambdaAction: { FunctionArn: expect.stringMatching(/-screen-mail$/), InvocationType: "RequestResponse" } },
          { S3Action: {} },
          { LambdaAction: { InvocationType: "Event" } },
        ],
      },
    });
  });

  test("alertEmail, operatorEmail: who gets which topic", () => {
    const mails = full
      .ofType("AWS::SNS::Subscription")
      .filter(([, { Properties }]) => Properties["Protocol"] === "email")
      .map(([logicalId, { Properties }]) => [logicalId, Properties["Endpoint"]]);
    expect(mails).toEqual([
      ["DefaultAlertTopicEmail", "oncall@acme.example"],
      ["OncallAlertTopicEmail", "oncall@acme.example"],
      ["OperatorAlertTopicEmail", "postmaster@acme.example"],
      ["SecurityAlertTopicEmail", "oncall@acme.example"],
    ]);
  });

  test("mailKeyArn: the buckets use it", () => {
    const key = full.variant.params["mailKeyArn"];
    expect(full.properties("MailBucket")["BucketEncryption"]).toEqual({
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key }, BucketKeyEnabled: true },
      ],
    });
  });

  test("hostedZoneId: all DNS records are made", () => {
    const records = ["DomainRecords", "IdentityRecords"].flatMap(
      (logicalId) => full.properties(logicalId)["RecordSets"] as { Name: string; Type: string }[],
    );
    expect(records.map(({ Name, Type }) => `${Type} ${Name}`)).toEqual([
      "MX mail.acme.example.",
      "TXT _dmarc.mail.acme.example.",
      "CNAME mail.acme.example.DkimDNSTokenName1",
      "CNAME mail.acme.example.DkimDNSTokenName2",
      "CNAME mail.acme.example.DkimDNSTokenName3",
      "MX bounce.mail.acme.example.",
      "TXT bounce.mail.acme.example.",
    ]);
  });

  test("noMailHours: an alarm that also tells of silence", () => {
    expect(full.properties("NoMail")).toMatchObject({ EvaluationPeriods: "6", TreatMissingData: "breaching" });
  });

  test("verpSecretArn: the key is read from Secrets Manager, and is not in the template", () => {
    expect(full.properties("ProcessMailLambdaFunction")["Environment"]).toMatchObject({
      Variables: {
        MAILROOM_VERP_KEY: `{{resolve:secretsmanager:${full.variant.params["verpSecretArn"]}}}`,
      },
    });
  });
});
